import type { SegmentInput } from "../server/features/segments/index.ts";

/** What is done in a shop. */
export const EVENTS = [
  "Product Viewed",
  "Product Added",
  "Order Completed",
  "Cart Viewed",
  "Product Searched",
  "Signed In",
  "Coupon Applied",
  "Email Opened",
];

/** Fifty segments as a shop has them: counts in windows, sequences, recency, value, profile, and all that joined. */
export function segmentsOfAShop(): SegmentInput[] {
  const did = (name: string) => ({ kind: "event.tracked", name });
  const segments: SegmentInput["where"][] = [];
  for (const [index, name] of EVENTS.entries()) {
    const next = EVENTS[(index + 1) % EVENTS.length] ?? name;
    segments.push(
      { did: did(name), count: { atLeast: 2 }, within: "7d" },
      { did: did(name), count: { atLeast: 3 }, within: "30d" },
      { did: did(name), thenNot: did(next), within: "3d" },
      {
        all: [
          { last: did(name), notWithinLast: "14d" },
          { profile: "locale", is: "de" },
        ],
      },
      { all: [{ did: did(name), within: "1d" }, { not: { did: did(next), within: "7d" } }] },
      {
        any: [
          { did: did(name), count: { atLeast: 5 } },
          { did: { kind: "page.viewed", properties: { path: `/p/${index}` } }, within: "30d" },
        ],
      },
    );
  }
  segments.push(
    { orders: { sum: { atLeast: 100 }, within: "90d" } },
    { all: [{ score: { below: 40 } }, { profile: "fields.plan", is: "pro" }] },
  );
  return segments.slice(0, 50).map((where, index) => ({ name: `Segment ${index + 1}`, where }));
}

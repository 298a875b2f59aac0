import type { NewInteraction } from "../server/features/interactions/index.ts";

/** A stream of believable interactions, the same for the same seed: what 200,000 customers do within some weeks. */
export const customers = 200_000;

interface Happening {
  share: number;
  kind: string;
  touchpoint?: string;
  initiative: NewInteraction["initiative"];
  properties(random: () => number): Record<string, unknown>;
}

const happenings: readonly Happening[] = [
  {
    share: 0.4,
    kind: "page.viewed",
    touchpoint: "shop-page",
    initiative: "reactive",
    properties: (random) => ({ path: `/doughnuts/${Math.floor(random() * 400)}`, seconds: Math.floor(random() * 90) }),
  },
  {
    share: 0.14,
    kind: "message.received",
    initiative: "reactive",
    properties: (random) => ({
      text:
        random() < 0.3 ? "My box came late again and I am very disappointed." : "Could you tell me when my order will arrive? Thank you.",
    }),
  },
  {
    share: 0.1,
    kind: "message.sent",
    initiative: "reactive",
    properties: (random) => ({ wait: { kind: "first response", calendarMinutes: Math.floor(random() * 300), kept: random() < 0.8 } }),
  },
  {
    share: 0.12,
    kind: "order.placed",
    initiative: "reactive",
    properties: (random) => ({ number: `G-${Math.floor(random() * 1e6)}`, total: Math.floor(random() * 6000) }),
  },
  {
    share: 0.12,
    kind: "order.delivered",
    initiative: "reactive",
    properties: (random) => ({ number: `G-${Math.floor(random() * 1e6)}`, lateMinutes: random() < 0.85 ? 0 : Math.floor(random() * 600) }),
  },
  { share: 0.03, kind: "order.late", initiative: "reactive", properties: (random) => ({ number: `G-${Math.floor(random() * 1e6)}` }) },
  { share: 0.05, kind: "survey.answered", initiative: "reactive", properties: (random) => ({ rating: 1 + Math.floor(random() * 5) }) },
  { share: 0.04, kind: "conversation.closed", initiative: "reactive", properties: () => ({ by: "member" }) },
];

const start = Date.UTC(2026, 0, 5);

/** The interactions from number `from` on; each carries a source key of its own, in order of time. */
export function life(from: number, count: number): NewInteraction[] {
  const random = randomFrom(from + 1);
  return Array.from({ length: count }, (_, index) => {
    const happening = pick(random());
    const number = from + index;
    return {
      kind: happening.kind,
      customerId: 1 + Math.floor(random() * customers),
      occurredAt: new Date(start + number * 1_000),
      initiative: happening.initiative,
      orderId: happening.kind.startsWith("order.") ? number : null,
      conversationId: /^(message|survey|conversation)\./.test(happening.kind) ? number : null,
      properties: happening.properties(random),
      source: "bench",
      sourceKey: `event-${number}`,
    };
  });
}

function pick(at: number): Happening {
  let rest = at;
  const found = happenings.find(({ share }) => (rest -= share) < 0) ?? happenings[0];
  if (!found) throw new Error("nothing happens");
  return found;
}

/** Mulberry32 (Tommy Ettinger, public domain): small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

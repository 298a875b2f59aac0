import assert from "node:assert/strict";
import { test } from "node:test";
import { exportPage } from "./export-page.ts";

const EXPORT = {
  customer: "cus_1",
  exportedAt: "2026-11-22T10:56:00Z",
  data: {
    interactions: [
      {
        occurredAt: new Date("2026-08-26T11:00:00Z"),
        kind: "order.placed",
        channel: "web",
        initiative: "reactive",
        properties: { number: "1042", total: 46 },
      },
      {
        occurredAt: new Date("2026-08-28T22:30:00Z"),
        kind: "order.delivered",
        initiative: "proactive",
        properties: { number: "1042", lateMinutes: -28, promiseKept: true },
      },
      {
        occurredAt: new Date("2026-08-29T08:00:00Z"),
        kind: "event.tracked",
        initiative: "reactive",
        properties: { name: "Ring tried on", properties: { size: 17, at: "2026-08-29T08:00:00.000Z" } },
      },
      {
        occurredAt: new Date("2026-08-30T08:00:00Z"),
        kind: "review.written",
        initiative: "reactive",
        properties: { text: "<b>Lovely</b>", __proto__: 1 },
      },
      { occurredAt: new Date("2026-08-30T09:00:00Z"), kind: "constructor", initiative: "reactive", properties: {} },
    ],
    profile: [{ name: "Maria Lind", email: "maria@fjord.example", phone: null, firstSeenAt: new Date("2026-08-26T11:00:00Z") }],
    barcodes: [{ code: "4711" }],
    identities: [{ kind: "anonymous_id", value: "phone-1", verified: false }],
  },
};
const READER = { company: "Glaze & Co.", person: "Maria Lind", timeZone: "Europe/Oslo" };

test("Maria reads whose page it is, who she is first, and then what happened", () => {
  const page = exportPage(EXPORT, READER);
  assert.match(page, /<title>What Glaze &amp; Co\. knows of Maria Lind<\/title>/);
  assert.match(page, /Written on 22 November 2026, 11:56/);
  const parts = [...page.matchAll(/<h2>([^<]*?)(?: <small>|<\/h2>)/g)].map(([, title]) => title?.trim());
  assert.deepEqual(parts, ["Who you are", "What we know you by", "What happened", "Barcodes"]);
});

test("what happened is told in words, at the hour that Oslo's clocks showed", () => {
  const text = textOf(exportPage(EXPORT, READER));
  assert.match(text, /26 August 2026, 13:00 You ordered \(1042\)/);
  assert.match(text, /29 August 2026, 00:30 Your order 1042 was delivered Against the promise 28 minutes early As promised yes/);
  assert.match(text, /Who came to whom We came to you/);
  assert.match(text, /Ring tried on Properties Size 17 When 29 August 2026, 10:00/);
  assert.match(text, /What it is Device Value phone-1 Certain no/);
  for (const code of ["order.placed", "reactive", "anonymous_id", "2026-08-", "T11:00", "true"]) assert.ok(!text.includes(code), code);
});

test("what has no words of its own is told by its name, and is no markup", () => {
  const page = exportPage(EXPORT, READER);
  assert.match(page, /<p>Review written<\/p>/);
  assert.match(page, /<p>Constructor<\/p>/);
  assert.match(page, /&lt;b&gt;Lovely&lt;\/b&gt;/);
  assert.match(page, /4711/);
});

function textOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
}

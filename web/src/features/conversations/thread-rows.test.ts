import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "../../../../sdk/index.ts";
import { threadRows } from "./thread-rows.ts";

const hour = 3_600_000;
const start = Date.parse("2026-11-19T09:50:00Z");

const says = (hours: number, direction: "in" | "out"): Message => ({
  id: `msg_${hours}`,
  direction,
  kind: direction === "in" ? "message" : "reply",
  author: { kind: direction === "in" ? "customer" : "member", id: null, name: direction === "in" ? "Maria" : "Ada" },
  text: "",
  wholeText: "",
  html: null,
  htmlHasRemoteImages: false,
  attachments: [],
  delivery: null,
  authentication: null,
  createdAt: new Date(start + hours * hour).toISOString(),
});

const feels = (hours: number, score: number, points: number) => ({
  at: start + hours * hour,
  score,
  points,
  initiative: "reactive" as const,
  label: "Box late",
});

test("earlier moments stand above Maria's first message, the oldest as a number", () => {
  const moments = Array.from({ length: 8 }, (_, index) => feels(index - 20, 60 - index, -1));
  const rows = threadRows([says(0, "in")], moments);
  assert.deepEqual(
    rows.map((row) => row.kind),
    ["earlier", "moment", "moment", "moment", "moment", "moment", "message"],
  );
  assert.equal(rows[0]?.kind === "earlier" && rows[0].count, 3);
});

test("what Maria's message did to the score stands on the message itself", () => {
  const rows = threadRows([says(0, "in")], [feels(0, 46, -1.3)]);
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.kind === "message" && rows[0].points, -1.3);
});

test("her rating comes after the answer it is about", () => {
  const rows = threadRows([says(0, "in"), says(2, "out")], [feels(5, 58, 12)]);
  assert.deepEqual(
    rows.map((row) => row.kind),
    ["message", "message", "moment"],
  );
});

test("the rail is unbroken: each row begins where the last ended", () => {
  const rows = threadRows([says(0, "in"), says(2, "out"), says(3, "in")], [feels(-9, 40, -10), feels(3, 44, 4), feels(9, 60, 16)]);
  let last: number | null = null;
  for (const row of rows) {
    if (row.kind === "earlier") continue;
    if (last !== null) assert.equal(row.from, last);
    last = row.to;
  }
});

test("messages come in the order they were written, however they arrive", () => {
  const rows = threadRows([says(3, "in"), says(0, "in")], []);
  assert.deepEqual(
    rows.map((row) => row.kind === "message" && row.message.id),
    ["msg_0", "msg_3"],
  );
});

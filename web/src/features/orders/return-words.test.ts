import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDay } from "../../shell/words.ts";
import { returnWords } from "./return-words.ts";

const asked = "2026-11-19T09:00:00.000Z";
const back = "2026-11-21T09:00:00.000Z";
const given = { id: "1", status: null, reason: null, requestedAt: null, receivedAt: null };

test("a return says how far it has come", () => {
  const cases: [object, string][] = [
    [{ status: "requested", requestedAt: asked, reason: "wrong size" }, `Return asked for ${formatDay(asked)}: wrong size`],
    [{ requestedAt: asked }, `Return asked for ${formatDay(asked)}`],
    [{ status: "approved", requestedAt: asked }, `Return agreed to, asked for ${formatDay(asked)}`],
    [{ status: "approved" }, "Return agreed to"],
    [{ status: "declined", requestedAt: asked, reason: "worn" }, "Return declined: worn"],
    [{ status: "cancelled", requestedAt: asked }, "Return called off"],
    [{ status: "closed", requestedAt: asked, receivedAt: back }, `Came back ${formatDay(back)}`],
    [{ receivedAt: back }, `Came back ${formatDay(back)}`],
    [{ status: "closed" }, "Came back"],
    [{}, "Return"],
  ];
  for (const [more, words] of cases) assert.equal(returnWords({ ...given, ...more }), words);
});

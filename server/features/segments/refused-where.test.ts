import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse } from "../../testing/house.ts";

let doors: Doors;
before(async () => {
  doors = await openDoors(await testHouse());
});
after(() => doors.app.close());

const did = { kind: "order.placed" };

test("Ada is told what is wrong within the conditions, where it stands, and what may stand there", async () => {
  const parts = "all, any, not, segment, profile, identity, did, first, last, orders, score, atRisk";
  const refusals: [object, string][] = [
    [{}, `body.where must have one of ${parts}.`],
    [{ all: [{ not: { foo: 1 } }] }, `body.where.all.0.not must have one of ${parts}.`],
    [{ did, within: "1y" }, "body.where.within is not as it is written: A length of time: 30d, 12h, 15m or 45s."],
    [{ score: { below: 101 } }, "body.where.score.below must be at most 100."],
    [{ did, count: {} }, "body.where.count must have one of atLeast, atMost, exactly."],
    [{ any: [{ did, whitin: "7d" }] }, "body.where.any.0 has no “whitin”; it may have did, count, within, ever."],
    [{ did, thenNot: did }, "body.where must have within."],
  ];
  for (const [where, detail] of refusals) {
    const answer = await doors.ask("POST", "/segments", { name: "Buyers", where });
    assert.deepEqual([answer.statusCode, answer.json().detail], [400, detail]);
  }
});

test("no segment goes without a name that can be read", async () => {
  assert.equal((await doors.ask("POST", "/segments", { name: "  ", where: { all: [] } })).json().detail, "body.name must not be blank.");
  assert.equal((await doors.ask("POST", "/segments", { name: " Everybody ", where: { all: [] } })).json().name, "Everybody");
});

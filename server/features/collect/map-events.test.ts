import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse } from "../../testing/house.ts";

let doors: Doors;
before(async () => {
  doors = await openDoors(await testHouse());
});
after(() => doors.app.close());

test("Ada gives events a place that there is: a blank name or a stage of her own making is refused with what would be right", async () => {
  assert.equal(await refusalOf({ event: "  " }), "body.event must not be blank.");
  assert.match(await refusalOf({ event: "Ring engraved", stage: "nope" }), /^A stage is one of awareness, consideration, purchase/);
  assert.match(await refusalOf({ event: "Ring engraved", touchpoint: "nope" }), /^There is no touchpoint nope/);
  assert.equal(await refusalOf({ event: "Ring engraved", driver: "luck" }), "body.driver must be one of people, process, product.");
  assert.equal((await doors.ask("PUT", "/event-mappings", { event: " Ring engraved ", stage: "use" })).json().event, "Ring engraved");
});

async function refusalOf(body: object): Promise<string> {
  const answer = await doors.ask("PUT", "/event-mappings", body);
  assert.equal(answer.statusCode, 400, answer.body);
  return answer.json().detail;
}

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { pool, reading } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";
import { closeConversation, postMessage } from "../conversations/index.ts";
import { rebuildListener } from "../interactions/index.ts";
import { readBoard, type Board, type BoardRow, type Period } from "./board.ts";
import { liveKnownWeek, november, type KnownLife } from "./fixtures/known-life.ts";
import { METRICS } from "./metrics.ts";
import { rowsBehind } from "./rows.ts";

let house: House;
let doors: Doors;
let life: KnownLife;
const week: Period = { from: november(16), to: november(23), until: november(23) };

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  life = await liveKnownWeek(house);
  await settle();
});
after(() => doors.app.close());
beforeEach(() => stopAt(november(23, "12:00")));
afterEach(travelBack);

test("the service half, counted by hand: Greta and Per, who still wait, are not left out", async () => {
  const board = await readBoard(reading(house), week);
  // Answered after 30, 90 and 360 minutes, two not yet: half of the five were answered within 360.
  assert.deepEqual(figure(board, "first-response"), { value: 360, n: 5 });
  assert.deepEqual(figure(board, "first-response-kept"), { value: 66.67, n: 3 });
  assert.deepEqual(figure(board, "resolution"), { value: 390, n: 5 });
  assert.deepEqual(figure(board, "reopen-rate"), { value: 66.67, n: 3 });
  assert.deepEqual(figure(board, "csat"), { value: 66.67, n: 3 });
  assert.equal(rowOf(board, "csat").note, "3 answers");
  assert.deepEqual(figure(board, "open"), { value: 3, n: 3 });
});

test("the experience half, counted by hand: a cancelled order is neither late nor in time", async () => {
  const board = await readBoard(reading(house), week);
  assert.deepEqual(figure(board, "late-delivery"), { value: 66.67, n: 3 });
  assert.deepEqual(figure(board, "repeat-purchase"), { value: 50, n: 2 });
  assert.deepEqual(figure(board, "at-risk"), { value: 1, n: 1 });
  assert.equal(rowOf(board, "experience-score").n, 3);
  assert.equal(
    board.distribution.reduce((sum, each) => sum + each.count, 0),
    3,
  );
  const [trend, ...more] = board.trend;
  assert.equal(more.length, 0);
  assert.deepEqual({ n: trend?.n, weWrote: trend?.weWrote, theyWrote: trend?.theyWrote }, { n: 3, weWrote: 3, theyWrote: 5 });
});

test("the gap is Maria, who rated 5 and fell by two late boxes", async () => {
  const { gap } = await readBoard(reading(house), week);
  assert.equal(gap.rated, 2);
  const [maria, ...more] = gap.items;
  assert.deepEqual(
    { who: maria?.customerId, rating: maria?.rating, more: more.length },
    { who: life.maria.customerId, rating: 5, more: 0 },
  );
  // 100·(2+2.09)/(4+2.09) after the rating, 100·(2+2.09)/(4+2.09+2.4) in the end, but for a few days' fading.
  assert.ok(
    Math.abs((maria?.before ?? 0) - 67.2) < 0.5 && Math.abs((maria?.after ?? 0) - 48.2) < 0.5,
    `${maria?.before} to ${maria?.after}`,
  );
  assert.deepEqual(maria?.causes.map((cause) => cause.reason).toSorted(), ["Order 4 came 5 h late", "Order 7 came 4 h late"]);
  assert.deepEqual(
    gap.causes.map(({ reason, customers }) => ({ reason, customers })),
    [{ reason: "Late delivery", customers: 1 }],
  );
  assert.ok((gap.causes[0]?.points ?? 0) < -15);
});

test("behind each figure stand its rows, those that weigh most against us first", async () => {
  const { maria, tom, greta, per, anders } = life;
  const behind = (key: string): ReturnType<typeof rowsBehind> => rowsBehind(reading(house), key, week);
  const conversations = async (key: string): Promise<unknown[]> => (await behind(key)).map((row) => row.conversationId);
  const [m, t, g, p, a] = [maria, tom, greta, per, anders].map((each) => each.conversationId);
  assert.deepEqual(await conversations("first-response"), [g, p, t, m, a]);
  assert.deepEqual(await conversations("first-response-kept"), [t]);
  assert.deepEqual(await conversations("resolution"), [g, p, t, m, a]);
  assert.deepEqual(new Set(await conversations("reopen-rate")), new Set([t, a]));
  assert.deepEqual(await conversations("csat"), [t, a, m]);
  assert.deepEqual(await conversations("open"), [g, p, a]);
  assert.deepEqual(
    (await behind("late-delivery")).map((row) => row.value),
    [300, 240],
  );
  assert.deepEqual(
    (await behind("repeat-purchase")).map((row) => row.value),
    [null, 10],
  );
  assert.deepEqual(
    (await behind("at-risk")).map((row) => row.customerId),
    [maria.customerId],
  );
  assert.deepEqual(
    (await behind("experience-score")).map((row) => row.customerId),
    [tom, maria, anders].map((each) => each.customerId),
  );
});

test("every figure of the board has its definition and its rows", async () => {
  const board = await readBoard(reading(house), week);
  for (const { metric } of [...board.service, ...board.experience]) {
    assert.ok(board.definitions[metric], metric);
    assert.equal((await doors.ask("GET", `/insights/metrics/${metric}/rows?from=2026-11-16&to=2026-11-23`)).statusCode, 200, metric);
  }
  assert.equal(board.service.length + board.experience.length, Object.keys(METRICS).length + 2);
});

test("what happened outside the period, or in another company, is not counted", async () => {
  const before = await readBoard(reading(house), { from: november(9), to: november(16), until: november(16) });
  assert.deepEqual(figure(before, "first-response"), { value: null, n: 0 });
  const rival = await readBoard(reading({ workspaceId: doors.rivalId }), week);
  assert.deepEqual(figure(rival, "late-delivery"), { value: null, n: 0 });
  assert.equal(rival.gap.rated, 0);
});

test("a figure is compared with the period of the same length before it, and clear changes are told from chance", async () => {
  for (let day = 0; day < 2; day += 1) {
    for (let person = 0; person < 12; person += 1) {
      const at = new Date(Date.UTC(2026, 8, 7 + 7 * day, 9, person));
      stopAt(at);
      const { conversationId } = await writes(house, `week${day}-${person}@fjord.example`, "Which box?", { at });
      stopAt(new Date(at.getTime() + (day === 0 ? 200 : 20) * 60_000));
      await postMessage(house.ada, { conversationId, kind: "reply", text: "The second." });
      await closeConversation(house.ada, conversationId);
    }
    await settle();
  }
  stopAt(november(23, "12:00"));
  const [from, to] = [new Date("2026-09-14T00:00:00Z"), new Date("2026-09-21T00:00:00Z")];
  const board = await readBoard(reading(house), { from, to, until: to });
  assert.deepEqual([board.period.previousFrom, board.period.previousTo], [new Date("2026-09-07T00:00:00Z"), from]);
  assert.deepEqual(rowOf(board, "first-response").change, { value: -180, significant: true, better: true });
  assert.equal(rowOf(board, "csat").change, null, "nobody rated");
});

test("a period that cannot be is refused with a sentence", async () => {
  for (const query of [
    "from=2026-11-23&to=2026-11-16",
    "from=2026-11-16&to=2026-11-16",
    "from=yesterday",
    "from=2020-01-01&to=2026-11-16",
  ]) {
    const answer = await doors.ask("GET", `/insights/board?${query}`);
    assert.equal(answer.statusCode, 400, query);
    assert.match(answer.json().detail, /period|before|date/);
  }
  for (const key of ["happiness", "constructor", "toString"])
    assert.equal((await doors.ask("GET", `/insights/metrics/${key}/rows`)).statusCode, 404, key);
});

test("the board over HTTP names customers and the interactions that made them fall", async () => {
  const answer = await doors.ask("GET", "/insights/board?from=2026-11-16&to=2026-11-23");
  assert.equal(answer.statusCode, 200, answer.body);
  const [item] = answer.json().gap.items;
  assert.equal(item.customer.id, publicId("cus", life.maria.customerId));
  assert.match(item.causes[0].interactionId, /^int_/);
});

test("the facts rebuilt from the log are the same", async () => {
  const before = await allFacts();
  await pool().query("UPDATE conversation_facts SET first_response_minutes = 1, closings = 9");
  await rebuildListener("insights.facts");
  assert.deepEqual(await allFacts(), before);
});

function rowOf(board: Board, metric: string): BoardRow {
  return [...board.service, ...board.experience].find((each) => each.metric === metric) ?? assert.fail(`no ${metric}`);
}

function figure(board: Board, metric: string): { value: number | null; n: number } {
  const { value, n } = rowOf(board, metric);
  return { value: value === null ? null : Math.round(value * 100) / 100, n };
}

async function allFacts(): Promise<object> {
  const tables = ["conversation_facts ORDER BY conversation_id", "order_facts ORDER BY order_id", "contact_facts ORDER BY position"];
  const results = await Promise.all(tables.map((table) => pool().query(`SELECT * FROM ${table}`)));
  return results.map(({ rows }) => rows.map((row) => ({ ...row })));
}

import assert from "node:assert/strict";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { after, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openFile } from "../../platform/files/index.ts";
import { reading } from "../../platform/db/index.ts";
import { parseId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";
import { findImport } from "./queries.ts";
import { readRecords } from "./read-records.ts";

const MEGABYTE = 1024 * 1024;
const LINES = 200 * 1024;
const WIDE = "x".repeat(950);

const LOOK_EVERY = LINES / 20;

async function* largeFile(look: () => void): AsyncGenerator<string> {
  yield "user_id,event,timestamp,note\n";
  for (let line = 0; line < LINES; line += 64) {
    yield Array.from({ length: 64 }, (_, index) => `u${line + index},Visit,2026-10-01T10:00:00Z,"${WIDE}, ""${line}"""\n`).join("");
    if (line % LOOK_EVERY === 0) look();
  }
}

/** The most memory that was held whenever work looked, beyond what was before; rubbish that waits for its collector is not held. */
async function growthDuring(work: (look: () => void) => Promise<void>): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  assert.ok(typeof collect === "function");
  const held = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  let most = before;
  await work(() => (most = Math.max(most, held())));
  return most - before;
}

test("a file of 200 MB streams in, and is read to its end, with flat memory", { timeout: 120_000 }, async () => {
  const house: House = await testHouse();
  const doors: Doors = await openDoors(house);
  after(() => doors.app.close());
  const base = await doors.app.listen({ port: 0, host: "127.0.0.1" });
  let id = "";
  const uploading = await growthDuring(async (look) => {
    const outgoing = request(`${base}/api/v1/imports?thing=interactions`, {
      method: "POST",
      headers: { authorization: `Bearer ${doors.key}`, "content-type": "text/csv" },
    });
    const answered = once(outgoing, "response");
    await pipeline(largeFile(look), outgoing);
    const [answer]: IncomingMessage[] = await answered;
    assert.equal(answer?.statusCode, 201);
    ({ id } = JSON.parse((await answer.toArray()).join("")));
  });
  const found = await findImport(reading(house), parseId("imp", id));
  assert.ok(found && found.size > 190 * MEGABYTE);
  assert.deepEqual(found.mapping.columns, { user_id: "customer.userId", event: "kind", timestamp: "occurredAt" });
  let lines = 0;
  const readingOn = await growthDuring(async (look) => {
    const shape = { format: found.format, delimiter: found.delimiter, width: found.columns.length };
    for await (const { reason } of readRecords(openFile(found.digest, { start: found.position }), found, shape))
      if ((lines += reason === null ? 1 : 0) % LOOK_EVERY === 0) look();
  });
  assert.equal(lines, LINES);
  for (const growth of [uploading, readingOn]) assert.ok(growth < 50 * MEGABYTE, `${Math.round(growth / MEGABYTE)} MB more`);
  assert.equal((await doors.ask("DELETE", `/imports/${id}`)).statusCode, 204);
});

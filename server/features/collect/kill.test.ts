import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { freshDatabase } from "../../testing/database.ts";
import { startServer, type StartedServer } from "../../testing/start-server.ts";

const LINES = 6;

function bodyOf(number: number): Buffer {
  const batch = Array.from({ length: 20 }, (_, index) => ({
    type: "track",
    event: "Counted",
    userId: `user-${(number + index) % 50}`,
    messageId: `${number}-${index}`,
    timestamp: new Date(1_760_000_000_000 + number * 20 + index).toISOString(),
  }));
  return gzipSync(JSON.stringify({ batch, sentAt: new Date().toISOString() }));
}

async function send(server: StartedServer, writeKey: string, number: number): Promise<number> {
  const headers = { authorization: `Bearer ${writeKey}`, "content-type": "application/json", "content-encoding": "gzip" };
  const answer = await fetch(`${server.url}/v1/batch`, { method: "POST", body: new Uint8Array(bodyOf(number)), headers });
  await answer.text();
  return answer.status;
}

test(
  "kill -9 in the middle of a load: what was accepted is stored, and after the clients' retries exactly once",
  { timeout: 120_000 },
  async () => {
    const { connectionString } = await freshDatabase();
    const db = new pg.Client({ connectionString });
    await db.connect();
    let server = await startServer({ database: { url: connectionString } });
    const made = await server.ask("POST", "/api/v1/sources", { name: "Load" });
    const writeKey = String(Object(made.body).writeKey);

    const accepted = new Set<number>();
    let next = 0;
    let isKilled = false;
    const load = Array.from({ length: LINES }, async () => {
      while (!isKilled) {
        const number = next++;
        const status = await send(server, writeKey, number).catch(() => 0);
        if (status === 200) accepted.add(number);
      }
    });
    await sleep(1_200);
    await server.kill();
    isKilled = true;
    await Promise.all(load);
    assert.ok(accepted.size > 20, `${accepted.size} accepted`);

    const keys = await countsByMessage(db);
    for (const number of accepted)
      for (let index = 0; index < 20; index += 1) assert.equal(keys.get(`${number}-${index}`), 1, `${number}-${index}`);

    server = await startServer({ database: { url: connectionString } });
    for (let number = 0; number < next; number += 1) assert.equal(await send(server, writeKey, number), 200);
    const after = await countsByMessage(db);
    assert.equal(after.size, next * 20);
    assert.ok([...after.values()].every((count) => count === 1));
    await server.stop();
    await db.end();
  },
);

async function countsByMessage(db: pg.Client): Promise<Map<string, number>> {
  const { rows } = await db.query<{ id: string; count: string }>(
    "select properties->>'messageId' as id, count(*) as count from interactions where kind = 'event.tracked' group by 1",
  );
  return new Map(rows.map((row) => [row.id, Number(row.count)]));
}

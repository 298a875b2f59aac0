import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freshDatabase } from "../../testing/database.ts";
import { startServer, temporaryFolder, testAdminKey, type StartedServer } from "../../testing/start-server.ts";

const dataFolder = temporaryFolder();
let server: StartedServer | undefined;
after(() => server?.stop());

test(
  "kill -9 in the middle of an import, again and again: it is read on, and each line is there exactly once",
  { timeout: 180_000 },
  async () => {
    const { connectionString: url } = await freshDatabase();
    const start = async (): Promise<StartedServer> => startServer({ database: { url }, dataFolder });
    server = await start();
    const lines = 30_000;
    const body = [
      "user_id,event,timestamp",
      ...Array.from({ length: lines }, (_, index) => `u${index % 900},Visit ${index},2026-10-01T10:00:00Z`),
    ];
    const { id } = await upload(server.url, body.join("\n"));
    assert.equal((await server.ask("POST", `/api/v1/imports/${id}/run`)).status, 202);
    const seen: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await sleep(300 + Math.random() * 700);
      await server.kill();
      server = await start();
      seen.push((await importOf(server, id)).line);
    }
    for (const end = Date.now() + 120_000; (await importOf(server, id)).state !== "done"; await sleep(200))
      assert.ok(Date.now() < end, "it is not done");
    const { counts } = await importOf(server, id);
    assert.deepEqual(counts, { new: lines, changed: 0, unchanged: 0, refused: 0 });
    assert.ok(
      seen.some((line) => line > 2 && line < lines),
      `killed at ${seen.join(", ")}`,
    );
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ count: string; kinds: string }>(
      "select count(*) as count, count(distinct properties ->> 'name') as kinds from interactions where properties ->> 'name' like 'Visit %'",
    );
    await client.end();
    assert.deepEqual([Number(rows[0]?.count), Number(rows[0]?.kinds)], [lines, lines]);
  },
);

test("kill -9 in the middle of orders with three lines each: none is there with fewer items", { timeout: 180_000 }, async () => {
  await server?.stop();
  const { connectionString: url } = await freshDatabase();
  server = await startServer({ database: { url }, dataFolder });
  const orders = 6_000;
  const lines = Array.from({ length: orders }, (_, n) =>
    [`${n},${n % 900}@killed.example,2026-10-01,Ring,1`, `${n},,,Box,2`, `${n},,,Bag,3`].join("\n"),
  );
  const { id } = await upload(server.url, ["order_id,email,order_date,item_name,qty", ...lines].join("\n"), "orders");
  assert.equal((await server.ask("POST", `/api/v1/imports/${id}/run`)).status, 202);
  for (let round = 0; round < 3; round += 1) {
    await sleep(300 + Math.random() * 700);
    await server.kill();
    server = await startServer({ database: { url }, dataFolder });
    assert.equal((await importOf(server, id)).line % 3, 2, "an order begins where reading goes on");
  }
  for (const end = Date.now() + 120_000; (await importOf(server, id)).state !== "done"; await sleep(200))
    assert.ok(Date.now() < end, "it is not done");
  assert.deepEqual((await importOf(server, id)).counts, { new: orders, changed: 0, unchanged: 0, refused: 0 });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string; whole: string }>(
    "select count(*) as count, count(*) filter (where jsonb_array_length(items) = 3) as whole from orders where source = 'file'",
  );
  await client.end();
  assert.deepEqual([Number(rows[0]?.count), Number(rows[0]?.whole)], [orders, orders]);
});

async function upload(base: string, body: string, thing = "interactions"): Promise<{ id: string }> {
  const headers = { authorization: `Bearer ${testAdminKey}`, "content-type": "text/csv" };
  const answer = await fetch(`${base}/api/v1/imports?thing=${thing}`, { method: "POST", headers, body });
  assert.equal(answer.status, 201);
  return answer.json();
}

async function importOf(from: StartedServer, id: string): Promise<{ state: string; line: number; counts: object }> {
  const { body } = await from.ask("GET", `/api/v1/imports/${id}`);
  assert.ok(typeof body === "object" && body !== null && "state" in body && "line" in body && "counts" in body);
  return { state: String(body.state), line: Number(body.line), counts: Object(body.counts) };
}

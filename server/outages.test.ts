import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type EmbeddedPostgres, start } from "./platform/postgres/index.ts";
import { deliver, until } from "./testing/mail.ts";
import { startServer, type StartedServer, temporaryFolder } from "./testing/start-server.ts";

// The whole server, on a Postgres that this test takes away and brings back.
const home = temporaryFolder();
const address = "help@glaze.example";
let postgres: EmbeddedPostgres;
let server: StartedServer;

before(async () => {
  postgres = await start(home, { settings: { shared_buffers: "64MB", dynamic_shared_memory_type: "mmap" } });
  server = await startServer({ database: { url: postgres.connectionString } });
  assert.equal((await server.ask("POST", "/api/v1/mail/addresses", { address })).status, 201);
});
after(async () => {
  await server.stop();
  await postgres.stop();
});

test("while Postgres is away requests answer 503 and mail is put off; when it is back all goes on by itself", async () => {
  assert.match(await mail("before"), /^250/);
  await postgres.stop();

  const health = await server.ask("GET", "/api/v1/health");
  assert.equal(health.status, 503);
  const refused = await server.ask("POST", "/api/v1/orders", order);
  assert.equal(refused.status, 503);
  assert.match(JSON.stringify(refused.body), /"unavailable"/);
  assert.match(await mail("while away"), /^4\d\d/);

  postgres = await start(home, { settings: { shared_buffers: "64MB", dynamic_shared_memory_type: "mmap" } });
  await until(async () => (await server.ask("GET", "/api/v1/health")).status === 200);
  const taken = await server.ask("POST", "/api/v1/orders", order);
  assert.ok(taken.status < 300, JSON.stringify(taken));
  assert.match(await mail("after"), /^250/);
  await until(async () => {
    const { body } = await server.ask("GET", "/api/v1/conversations");
    return ["before", "after"].every((subject) => JSON.stringify(body).includes(`"${subject}"`));
  });
});

test("connections cut one by one are no more than a delay", async () => {
  for (let round = 0; round < 3; round += 1) {
    await cutAllConnections();
    await until(async () => (await server.ask("GET", "/api/v1/health")).status === 200, 3_000);
  }
  assert.match(await mail("after the cut"), /^250/);
  await until(async () => JSON.stringify((await server.ask("GET", "/api/v1/conversations")).body).includes('"after the cut"'));
});

test("asked to stop while Postgres is away and jobs are under way, it ends all the same", async () => {
  const mails = Promise.all(["one", "two", "three", "four", "five"].map(mail));
  await sleep(50);
  await postgres.stop();
  await mails;
  await until(async () => (await server.ask("GET", "/api/v1/health")).status === 503);
  assert.equal(await server.stop(), 0);
  assert.doesNotMatch(server.output(), /did not stop in time|could not be stopped/);
});

const order = {
  externalId: "A-1042",
  customer: { email: "maria@fjord.example", name: "Maria Fjord" },
  items: [{ name: "A dozen glazed", quantity: 1, price: 1800 }],
  total: 1800,
  currency: "GBP",
  placedAt: "2026-11-12T09:00:00Z",
  promisedAt: "2026-11-13T10:00:00Z",
};

function mail(subject: string): Promise<string> {
  const letter = `From: Maria <maria@fjord.example>\r\nTo: ${address}\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replaceAll(" ", "-")}@fjord.example>\r\n\r\nWhere is my box?\r\n`;
  return deliver(server.ports.smtp, { from: "maria@fjord.example", to: [address] }, letter);
}

async function cutAllConnections(): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.connectionString });
  await client.connect();
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
  );
  await client.end();
}

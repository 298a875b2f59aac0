import assert from "node:assert/strict";
import { kill } from "node:process";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { embeddedFolder } from "./open-database.ts";
import { isPostmaster, readPidFile } from "./platform/postgres/pid-file.ts";
import { until } from "./testing/mail.ts";
import { startServer, type StartedServer, stopEmbedded, temporaryFolder } from "./testing/start-server.ts";

const dataFolder = temporaryFolder();
const cluster = join(embeddedFolder(dataFolder), "cluster");
let server: StartedServer;
after(async () => {
  await server.stop();
  await stopEmbedded(dataFolder);
});

test("kill -9 of the server at any moment: the next start finds the Postgres that lived on, and every order", async () => {
  server = await startServer({ database: "embedded", dataFolder });
  const postmaster = readPidFile(cluster)?.pid ?? 0;
  const acknowledged: string[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const ordering = orderUntilItFails(round, acknowledged);
    await sleep(200 + Math.random() * 400);
    await server.kill();
    await ordering;
    assert.ok(isPostmaster(postmaster, cluster), "Postgres lives on");
    server = await startServer({ database: "embedded", dataFolder });
  }
  assert.equal(readPidFile(cluster)?.pid, postmaster, "and was adopted");
  assert.ok(acknowledged.length > 5, `${acknowledged.length} orders were acknowledged`);
  assert.deepEqual(await missing(acknowledged), []);
});

test("kill -9 of Postgres itself: the server brings it back, and no order is lost", async () => {
  const acknowledged: string[] = [];
  const ordering = orderUntilItFails(9, acknowledged);
  await sleep(300);
  kill(readPidFile(cluster)?.pid ?? 0, "SIGKILL");
  await ordering;
  await until(async () => (await server.ask("GET", "/api/v1/health")).status === 200, 20_000);
  assert.deepEqual(await missing(acknowledged), []);
});

test("stopped as an operator does, it ends with 0 and leaves no Postgres behind", async () => {
  assert.equal(await server.stop(), 0);
  assert.equal(isPostmaster(readPidFile(cluster)?.pid ?? 0, cluster), false);
  server = await startServer({ database: "embedded", dataFolder });
});

async function orderUntilItFails(round: number, acknowledged: string[]): Promise<void> {
  for (let number = 1; ; number += 1) {
    const externalId = `R${round}-${number}`;
    const status = await server.ask("POST", "/api/v1/orders", orderOf(externalId)).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status >= 300 || status === 0) return;
    acknowledged.push(externalId);
  }
}

function orderOf(externalId: string): object {
  return {
    externalId,
    customer: { email: "maria@fjord.example", name: "Maria Fjord" },
    items: [{ name: "A dozen glazed", quantity: 1, price: 1800 }],
    total: 1800,
    currency: "GBP",
    placedAt: "2026-11-12T09:00:00Z",
    promisedAt: "2026-11-13T10:00:00Z",
  };
}

/** Sending an order again answers the one that is there; a new one would answer 201. */
async function missing(externalIds: string[]): Promise<string[]> {
  const lost: string[] = [];
  for (const externalId of externalIds) {
    const { status } = await server.ask("POST", "/api/v1/orders", orderOf(externalId));
    if (status !== 200) lost.push(externalId);
  }
  return lost;
}

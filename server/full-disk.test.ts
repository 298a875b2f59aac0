import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { kill } from "node:process";
import { after, test } from "node:test";
import { embeddedFolder } from "./open-database.ts";
import { readPidFile } from "./platform/postgres/pid-file.ts";
import { deliver, until } from "./testing/mail.ts";
import { startServer, type StartedServer, stopEmbedded, temporaryFolder } from "./testing/start-server.ts";

// A small disk of its own. Only root may make one, and not in every container.
const disk = temporaryFolder();
const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=330m", "tmpfs", disk]).status === 0;
const dataFolder = join(disk, "data");
const address = "help@glaze.example";
let server: StartedServer | undefined;
after(async () => {
  if (!mounted) return;
  await server?.stop();
  await stopEmbedded(dataFolder);
  spawnSync("umount", ["--lazy", disk]);
});

test(
  "on a full disk mail is refused with 452 and requests with 503, even Postgres may die; with room again all goes on",
  { skip: !mounted },
  async () => {
    server = await startServer({ database: "embedded", dataFolder });
    const { ask } = server;
    assert.equal((await ask("POST", "/api/v1/mail/addresses", { address })).status, 201);
    assert.match(await mail("before"), /^250/);
    await until(async () => (await subjects()).includes("before"));

    fillUp();
    assert.match(await mail("no room"), /^452/);
    await until(async () => {
      const { status, body } = await ask("POST", "/api/v1/orders", { ...order, externalId: crypto.randomUUID() });
      return status === 503 && /run out of room/.test(JSON.stringify(body));
    });
    kill(readPidFile(join(embeddedFolder(dataFolder), "cluster"))?.pid ?? 0, "SIGKILL");
    await until(async () => (await ask("GET", "/api/v1/health")).status === 503);
    assert.match(await mail("no database"), /^4\d\d/);

    rmSync(join(disk, "filling"));
    await until(async () => (await ask("GET", "/api/v1/health")).status === 200, 30_000);
    assert.match(await mail("after"), /^250/);
    await until(async () => (await subjects()).includes("after"));
    assert.deepEqual((await subjects()).toSorted(), ["after", "before"]);
  },
);

const order = {
  customer: { email: "maria@fjord.example", name: "Maria Fjord" },
  items: [{ name: "A dozen glazed", quantity: 1, price: 1800 }],
  total: 1800,
  currency: "GBP",
  placedAt: "2026-11-12T09:00:00Z",
  promisedAt: "2026-11-13T10:00:00Z",
};

function mail(subject: string): Promise<string> {
  const letter = `From: Maria <maria@fjord.example>\r\nTo: ${address}\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replaceAll(" ", "-")}@fjord.example>\r\n\r\n${"Where is my box? ".repeat(2_000)}\r\n`;
  return deliver(server?.ports.smtp ?? 0, { from: "maria@fjord.example", to: [address] }, letter);
}

async function subjects(): Promise<string[]> {
  const answer = await server?.ask("GET", "/api/v1/conversations");
  return [...JSON.stringify(answer?.body).matchAll(/"subject":"([^"]*)"/g)].map((match) => match[1] ?? "");
}

/** Writes until there is no room left. */
function fillUp(): void {
  const file = openSync(join(disk, "filling"), "w");
  const block = Buffer.alloc(1024 * 1024);
  for (let size = block.length; size >= 1;) {
    try {
      writeSync(file, block, 0, size);
    } catch {
      size = Math.floor(size / 2);
    }
  }
  closeSync(file);
}

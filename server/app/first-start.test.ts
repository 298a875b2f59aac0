import assert from "node:assert/strict";
import { after, test } from "node:test";
import { freshDatabase } from "../testing/database.ts";
import { withClient } from "../testing/server.ts";
import { startAndKill, startServer, type StartedServer, temporaryFolder } from "../testing/start-server.ts";

const started: StartedServer[] = [];
after(async () => {
  for (const server of started) await server.stop();
});

test("without the sample a first start makes one workspace that waits for its owner", async () => {
  const { connectionString: url } = await freshDatabase();
  started.push(await startServer({ database: { url } }));
  assert.deepEqual(await workspaces(url), [{ name: "My company", members: 0 }]);
});

test("a first start that is killed again and again makes one sample company in the end, and says how to sign in", async () => {
  const { connectionString: url } = await freshDatabase();
  const options = { database: { url }, dataFolder: temporaryFolder(), env: { THROUGHLINE_SAMPLE: "on" } };
  for (const milliseconds of [900, 1_500, 2_100, 2_700]) await startAndKill(options, milliseconds);
  const server = await startServer(options);
  started.push(server);
  assert.deepEqual(await workspaces(url), [{ name: "Glaze & Co.", members: 4 }]);

  const [, email, password] = /as (\S+) with the password (\S+)/.exec(server.output()) ?? [];
  const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify({ email, password }),
  });
  assert.equal(answer.status, 200, await answer.text());
});

async function workspaces(url: string): Promise<unknown[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string; members: number }>(
      "SELECT name, (SELECT count(*)::int FROM members m WHERE m.workspace_id = w.id) AS members FROM workspaces w ORDER BY id",
    );
    return rows.map((row) => ({ ...row }));
  });
}

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { writeSample } from "../../db/sample/write-sample.ts";
import { readConfig } from "../config.ts";
import { createSignIn } from "../features/access/index.ts";
import { anywhere, pool } from "../platform/db/index.ts";
import { testDatabase } from "../testing/database.ts";
import { keyOf, openDoors, type Doors } from "../testing/doors.ts";
import { testFiles } from "../testing/files.ts";
import { PUBLIC_URL, settle } from "../testing/house.ts";
import { plugRooms } from "./plugs.ts";
import { tablesOfWorkspaces } from "./remove-workspace.ts";
import { assembleRooms } from "./rooms.ts";

const SMALL = 12;
const password = "a-password-for-the-sample";
let doors: Doors;
let sampleId = 0;
before(async () => {
  await testDatabase();
  testFiles();
  plugRooms(readConfig({ PUBLIC_URL }));
  assembleRooms({ publicUrl: PUBLIC_URL });
  const signIn = createSignIn({ pool: pool(), publicUrl: PUBLIC_URL, secret: "s".repeat(40), rateLimited: false });
  sampleId = (await writeSample(signIn, password, SMALL)).id;
  doors = await openDoors({ workspaceId: sampleId });
  await liveALittle(doors.key, "sample");
  await liveALittle(doors.rivalKey, "rival");
});
after(() => doors.app.close());

test("a real company cannot be removed as if it were the sample, nor the sample by a key that may not", async () => {
  const before = await rowsOf(doors.rivalId);
  assert.equal((await doors.ask("DELETE", "/sample", undefined, doors.rivalKey)).statusCode, 409);
  const agent = await keyOf(sampleId, ["conversations:write", "workspace:read"]);
  assert.equal((await doors.ask("DELETE", "/sample", undefined, agent)).statusCode, 403);
  assert.deepEqual(await rowsOf(doors.rivalId), before);
  assert.notDeepEqual((await rowsOf(sampleId))["customers"], []);
});

test("the sample goes with every row and everybody in it; Rival Rings keeps each of its own, and a new company asks for its owner", async () => {
  const [sample, rival] = [await rowsOf(sampleId), await rowsOf(doors.rivalId)];
  const filled = Object.entries(sample).filter(([, rows]) => rows.length > 0);
  assert.ok(filled.length > 20, filled.map(([table]) => table).join());
  assert.equal((await signInAs("ada@glaze.example")).statusCode, 200);

  assert.equal((await doors.ask("DELETE", "/sample")).statusCode, 204);

  assert.deepEqual(
    Object.entries(await rowsOf(sampleId)).filter(([, rows]) => rows.length > 0),
    [],
  );
  assert.deepEqual(await rowsOf(doors.rivalId), rival);
  assert.equal((await signInAs("ada@glaze.example")).statusCode, 401);
  const { rows: users } = await pool().query("SELECT email FROM auth_users");
  assert.deepEqual(users, []);
  assert.equal((await doors.ask("GET", "/conversations")).statusCode, 401);
  assert.equal((await doors.ask("GET", "/conversations", undefined, doors.rivalKey)).json().items.length, 1);
  assert.deepEqual((await doors.ask("GET", "/setup")).json(), { ownerNeeded: true });
  await settle();
  assert.deepEqual(await rowsOf(doors.rivalId), rival, "nor later, by a job or a listener");
});

/** What a company does in a day: an order, a letter, a shop, an address. */
async function liveALittle(key: string, name: string): Promise<void> {
  const post = async (path: string, body: object) => (await doors.ask("POST", path, body, key)).json();
  await post("/mail/addresses", { address: `hello@${name}.example` });
  await post("/order-sources", { name: "Shop", secret: "a-shop-secret" });
  const customer = { email: `maria@${name}.example`, name: "Maria" };
  const { customerId } = await post("/orders", {
    externalId: "1",
    customer,
    items: [],
    total: 46,
    currency: "GBP",
    placedAt: "2026-11-13T08:00:00Z",
  });
  await post("/conversations", { customerId, subject: "Your box", text: "Hello Maria." });
  await settle();
}

/** Every row of a company, by table. */
async function rowsOf(workspaceId: number): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of await tablesOfWorkspaces(anywhere())) {
    const { rows } = await sql<{
      row: string;
    }>`select t::text as row from ${sql.table(table)} t where workspace_id = ${workspaceId} order by 1`.execute(anywhere().db);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

function signInAs(email: string) {
  return doors.app.inject({
    method: "POST",
    url: "/api/auth/sign-in/email",
    headers: { origin: PUBLIC_URL },
    payload: { email, password },
  });
}

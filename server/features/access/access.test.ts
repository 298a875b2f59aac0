import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { pool, reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { keyOf, openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, writes, type House } from "../../testing/house.ts";
import { closeConversation } from "../conversations/index.ts";
import type { Actor } from "./actor.ts";
import { changeWorkspace } from "./change-workspace.ts";
import { acceptInvitation, invite, listInvitations, withdrawInvitation } from "./invitations.ts";
import { createKey, revokeKey } from "./keys.ts";
import { changeMember, removeMember } from "./members.ts";
import { permissionsOf, type Role } from "./permissions.ts";
import { findMember, insertMember } from "./queries.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());
afterEach(travelBack);

const password = "doughnuts-at-dawn";

test("Tom takes his invitation up once; a second time, and two at once, find nothing", async () => {
  const { token } = await invite(house.ada, { email: "tom@glaze.example", role: "agent" });
  const take = (): ReturnType<typeof acceptInvitation> => acceptInvitation(doors.signIn, { token, name: "Tom", password });
  const tom = await take();
  assert.deepEqual({ role: tom.role, email: tom.email }, { role: "agent", email: "tom@glaze.example" });
  await assert.rejects(take(), { status: 404 });
  await assert.rejects(invite(house.ada, { email: "TOM@glaze.example", role: "agent" }), { status: 409 });
  const twice = await invite(house.ada, { email: "priya@glaze.example", role: "agent" });
  const taken = await Promise.allSettled([1, 2].map(() => acceptInvitation(doors.signIn, { token: twice.token, name: "Priya", password })));
  assert.equal(taken.filter(({ status }) => status === "fulfilled").length, 1);
});

test("an invitation expires after a week, and can be withdrawn before", async () => {
  const late = await invite(house.ada, { email: "late@glaze.example", role: "agent" });
  const gone = await invite(house.ada, { email: "gone@glaze.example", role: "agent" });
  await withdrawInvitation(house.ada, gone.id);
  await assert.rejects(acceptInvitation(doors.signIn, { token: gone.token, name: "Gone", password }), { status: 404 });
  stopAt(new Date(Date.now() + 7.01 * 86_400_000));
  assert.deepEqual(await listInvitations(house.ada), []);
  await assert.rejects(acceptInvitation(doors.signIn, { token: late.token, name: "Late", password }), { status: 404 });
  const { rows } = await pool().query("SELECT token_hash FROM invitations WHERE id = $1", [late.id]);
  assert.ok(!rows[0].token_hash.includes(late.token), "the token itself is kept nowhere");
});

test("the last owner stays; when there are two, one may go", async () => {
  await assert.rejects(removeMember(house.ada, memberId(house.ada)), { status: 409 });
  await assert.rejects(changeMember(house.ada, memberId(house.ada), { role: "agent" }), { status: 409 });
  const olive = await member("Olive", "owner");
  assert.equal((await changeMember(house.ada, memberId(olive), { role: "admin" })).role, "admin");
  await assert.rejects(removeMember(house.ada, memberId(house.ada)), { status: 409 });
});

test("only owners make and unmake owners: an admin does not, and no key that an admin could make", async () => {
  const admin = await member("Ida", "admin");
  const key: Actor = { ...admin, kind: "key", id: 1, memberId: null };
  for (const actor of [admin, key]) {
    await assert.rejects(changeMember(actor, memberId(admin), { role: "owner" }), { status: 403 });
    await assert.rejects(removeMember(actor, memberId(house.ada)), { status: 403 });
    await assert.rejects(invite(actor, { email: "crony@glaze.example", role: "owner" }), { status: 403 });
  }
  assert.equal((await invite(house.ada, { email: "partner@glaze.example", role: "owner" })).role, "owner");
});

test("an agent says for themselves that they are off shift, and for nobody else", async () => {
  const [sam, lee] = [await member("Sam", "agent"), await member("Lee", "agent")];
  assert.equal((await changeMember(sam, memberId(sam), { onShift: false })).onShift, false);
  assert.equal((await changeMember(sam, memberId(sam), {})).onShift, false);
  await assert.rejects(changeMember(sam, memberId(lee), { onShift: false }), { status: 403 });
  await assert.rejects(changeMember(sam, memberId(sam), { role: "admin" }), { status: 403 });
});

test("a key is shown once and kept only as a hash, opens what its scopes say, and nothing once it is revoked", async () => {
  const made = (await doors.ask("POST", "/keys", { name: "Till", scopes: ["customers:read"] })).json();
  const { items } = (await doors.ask("GET", "/keys")).json();
  assert.ok(!JSON.stringify(items).includes(made.key));
  assert.equal((await everythingStored()).includes(made.key), false);
  assert.equal((await doors.ask("GET", "/customers", undefined, made.key)).statusCode, 200);
  assert.equal((await doors.ask("GET", "/conversations", undefined, made.key)).statusCode, 403);
  assert.equal((await doors.ask("DELETE", `/keys/${made.id}`)).statusCode, 204);
  assert.equal((await doors.ask("GET", "/customers", undefined, made.key)).statusCode, 401);
});

test("nobody gives a key more than they have, or a scope that there is not", async () => {
  const agent = await member("Kim", "agent");
  const asAdmin = { ...agent, permissions: new Set([...agent.permissions, "keys:write" as const]) };
  await assert.rejects(createKey(asAdmin, { name: "more", scopes: ["workspace:write"] }), { status: 400 });
  await assert.rejects(createKey(house.ada, { name: "odd", scopes: ["doughnuts:eat"] }), { status: 400 });
  await assert.rejects(createKey(agent, { name: "none", scopes: ["customers:read"] }), { status: 403 });
});

test("each change leaves its line in the audit, and where that cannot be written the change does not happen", async () => {
  const { conversationId } = await writes(house, "audit@fjord.example", "Hello");
  const key = await createKey(house.ada, { name: "old", scopes: ["customers:read"] });
  const lee = await member("Lena", "agent");
  const changes: [string, string, () => Promise<unknown>][] = [
    ["keys.revoke", publicId("key", key.id), () => revokeKey(house.ada, key.id)],
    ["members.change", publicId("mem", memberId(lee)), () => changeMember(house.ada, memberId(lee), { role: "viewer" })],
    ["members.remove", publicId("mem", memberId(lee)), () => removeMember(house.ada, memberId(lee))],
    ["workspace.change", publicId("wsp", house.workspaceId), () => changeWorkspace(house.ada, { name: "Glaze & Daughters" })],
    ["conversations.close", publicId("con", conversationId), () => closeConversation(house.ada, conversationId)],
  ];
  await pool().query("ALTER TABLE audit_entries ADD CONSTRAINT closed CHECK (false) NOT VALID");
  const before = await everythingStored();
  for (const [action, , change] of changes) await assert.rejects(change(), action);
  assert.equal(await everythingStored(), before);
  await pool().query("ALTER TABLE audit_entries DROP CONSTRAINT closed");
  for (const [action, subject, change] of changes) {
    await change();
    const { rows } = await pool().query("SELECT action, subject, actor_name FROM audit_entries ORDER BY id DESC LIMIT 1");
    assert.deepEqual({ ...rows[0] }, { action, subject, actor_name: "Ada Okafor" });
  }
  const shown = (await doors.ask("GET", "/audit?limit=1")).json();
  assert.equal(shown.items[0].action, "conversations.close");
});

test("a key of another company changes nobody here", async () => {
  const rival = await keyOf(doors.rivalId);
  assert.equal((await doors.ask("DELETE", `/members/${publicId("mem", memberId(house.ada))}`, undefined, rival)).statusCode, 404);
  assert.ok(await findMember(reading(house), memberId(house.ada)));
});

async function member(name: string, role: Role): Promise<Actor> {
  const row = await transaction(house, (tx) =>
    insertMember(tx, { userId: null, name, email: `${name.toLowerCase()}@glaze.example`, role }),
  );
  return { workspaceId: house.workspaceId, kind: "member", id: row.id, memberId: row.id, name, permissions: permissionsOf(role) };
}

function memberId(actor: Actor): number {
  return actor.memberId ?? assert.fail("not a member");
}

/** Every row of access's tables and of conversations, as text. */
async function everythingStored(): Promise<string> {
  const tables = ["workspaces", "members", "invitations", "api_keys", "audit_entries", "idempotency_keys", "conversations", "interactions"];
  const contents = await Promise.all(
    tables.map((table) => pool().query(`SELECT string_agg(t::text, E'\\n' ORDER BY t::text) AS rows FROM ${table} t`)),
  );
  return contents.map(({ rows }) => rows[0].rows).join("\n");
}

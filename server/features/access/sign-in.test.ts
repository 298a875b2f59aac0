import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import { after, before, test } from "node:test";
import { pool } from "../../platform/db/index.ts";
import { testDatabase } from "../../testing/database.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testFiles } from "../../testing/files.ts";
import { PUBLIC_URL } from "../../testing/house.ts";
import { systemActor } from "./actor.ts";
import { acceptInvitation, invite } from "./invitations.ts";
import { removeMember } from "./members.ts";
import { createWorkspace } from "./start.ts";

let doors: Doors;
let workspaceId: number;
before(async () => {
  await testDatabase();
  testFiles();
  workspaceId = (await createWorkspace({ name: "My company", sample: false })).id;
  doors = await openDoors({ workspaceId });
});
after(() => doors.app.close());

const password = "doughnuts-at-dawn";
const ada = { name: "Ada Okafor", email: "ada@glaze.example", password };

test("the first owner claims the workspace once; of two at once, one", async () => {
  assert.deepEqual((await doors.app.inject("/api/v1/setup")).json(), { ownerNeeded: true });
  const claims = await Promise.all(
    [ada, { ...ada, email: "eve@rival.example" }].map((payload) => doors.app.inject({ method: "POST", url: "/api/v1/setup", payload })),
  );
  assert.deepEqual(claims.map(({ statusCode }) => statusCode).toSorted(), [201, 409]);
  await pool().query("UPDATE members SET email = $1, name = $2", [ada.email, ada.name]);
  await pool().query("UPDATE members SET user_id = (SELECT id FROM auth_users WHERE email = $1)", [ada.email]);
  assert.deepEqual((await doors.app.inject("/api/v1/setup")).json(), { ownerNeeded: false });
  assert.equal(
    (await doors.app.inject({ method: "POST", url: "/api/v1/setup", payload: { ...ada, email: "late@rival.example" } })).statusCode,
    409,
  );
});

test("Ada signs in with email and password, and is who she says; with a wrong password she is not", async () => {
  const cookie = await signIn(ada.email, password);
  const session = await me(cookie);
  assert.equal(session.json().member.email, ada.email);
  assert.match(cookie, /^throughline\.session_token=/);
  assert.equal((await auth("/sign-in/email", { email: ada.email, password: "not-her-password" })).statusCode, 401);
  assert.equal((await me("throughline.session_token=forged.AAAA")).statusCode, 401);
});

test("nobody signs up by themselves", async () => {
  assert.equal((await auth("/sign-up/email", { name: "Eve", email: "new@rival.example", password })).statusCode, 404);
});

test("a cookie changes nothing when the request comes from another site's page", async () => {
  const cookie = await signIn(ada.email, password);
  const patch = (headers: Record<string, string>): Promise<LightMyRequestResponse> =>
    doors.app.inject({ method: "PATCH", url: "/api/v1/workspace", headers: { cookie, ...headers }, payload: { name: "Glaze & Co." } });
  assert.equal((await patch({})).statusCode, 403);
  assert.equal((await patch({ origin: "https://evil.example" })).statusCode, 403);
  assert.equal((await patch({ origin: "null", "sec-fetch-site": "cross-site" })).statusCode, 403);
  assert.equal((await patch({ origin: PUBLIC_URL })).statusCode, 200);
  assert.equal((await patch({ "sec-fetch-site": "same-origin" })).statusCode, 200);
  assert.equal((await auth("/sign-in/email", { email: ada.email, password }, { origin: "https://evil.example" })).statusCode, 403);
});

test("whoever signs out, and whose membership ends, is out at once", async () => {
  const { token } = await invite(systemActor(workspaceId), { email: "tom@glaze.example", role: "agent" });
  const tom = await acceptInvitation(doors.signIn, { token, name: "Tom", password });
  const [phone, desk] = [await signIn("tom@glaze.example", password), await signIn("tom@glaze.example", password)];
  assert.equal((await auth("/sign-out", {}, { cookie: phone })).statusCode, 200);
  assert.deepEqual([(await me(phone)).statusCode, (await me(desk)).statusCode], [401, 200]);
  await removeMember(systemActor(workspaceId), tom.id);
  assert.equal((await me(desk)).statusCode, 401);
  assert.equal(
    (await doors.app.inject({ url: "/api/auth/get-session", headers: { cookie: desk } })).json(),
    null,
    "the session itself is gone",
  );
});

test("with a second factor on, the password alone opens nothing, and the code does", async () => {
  const { token } = await invite(systemActor(workspaceId), { email: "priya@glaze.example", role: "agent" });
  await acceptInvitation(doors.signIn, { token, name: "Priya", password });
  const cookie = await signIn("priya@glaze.example", password);
  const enabled = await auth("/two-factor/enable", { password }, { cookie });
  assert.equal(enabled.statusCode, 200, enabled.body);
  const uri = new URL(enabled.json().totpURI);
  const secret = uri.searchParams.get("secret") ?? "";
  assert.equal((await auth("/two-factor/verify-totp", { code: "000000" }, { cookie })).statusCode, 401);
  assert.equal((await auth("/two-factor/verify-totp", { code: totp(secret) }, { cookie })).statusCode, 200);

  const half = await auth("/sign-in/email", { email: "priya@glaze.example", password });
  assert.equal(half.json().twoFactorRedirect, true);
  assert.equal((await me(cookiesOf(half))).statusCode, 401);
  const whole = await auth("/two-factor/verify-totp", { code: totp(secret) }, { cookie: cookiesOf(half) });
  assert.equal(whole.statusCode, 200, whole.body);
  assert.equal((await me(cookiesOf(whole))).json().member.email, "priya@glaze.example");
});

test("after a few wrong passwords from one place the next is refused with 429, the right one too; elsewhere it is not", async () => {
  const limited = await openDoors({ workspaceId }, { rateLimited: true });
  const knock = async (word: string, remoteAddress: string, headers: Record<string, string> = {}): Promise<number> => {
    const answer = await limited.app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      remoteAddress,
      headers: { origin: PUBLIC_URL, ...headers },
      payload: { email: ada.email, password: word },
    });
    return answer.statusCode;
  };
  const codes: number[] = [];
  for (let tries = 0; tries < 8; tries += 1) codes.push(await knock(`wrong-password-${tries}`, "203.0.113.7"));
  assert.equal(codes[0], 401);
  assert.equal(codes.at(-1), 429);
  assert.equal(await knock(password, "203.0.113.7"), 429);
  assert.equal(
    await knock(password, "203.0.113.7", { "x-forwarded-for": "198.51.100.9", "x-throughline-peer": "198.51.100.9" }),
    429,
    "what a client claims of its address is not believed",
  );
  assert.equal(await knock(password, "198.51.100.2"), 200);
  await limited.app.close();
});

async function auth(path: string, payload: object, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return doors.app.inject({ method: "POST", url: `/api/auth${path}`, headers: { origin: PUBLIC_URL, ...headers }, payload });
}

async function signIn(email: string, word: string): Promise<string> {
  const answer = await auth("/sign-in/email", { email, password: word });
  assert.equal(answer.statusCode, 200, answer.body);
  return cookiesOf(answer);
}

async function me(cookie: string): Promise<LightMyRequestResponse> {
  return doors.app.inject({ url: "/api/v1/session", headers: { cookie } });
}

function cookiesOf(answer: LightMyRequestResponse): string {
  return answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

/** The code of this half minute (RFC 6238: HMAC-SHA-1, six digits). */
function totp(secret: string): string {
  const bits = [...secret.replace(/=+$/, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

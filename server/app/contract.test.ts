import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createKey, createSignIn, createWorkspace, invite, PERMISSIONS, systemActor } from "../features/access/index.ts";
import { LiveFeed } from "../features/interactions/index.ts";
import { pool, transaction } from "../platform/db/index.ts";
import type { RoomApp } from "../platform/http/index.ts";
import { publicId } from "../platform/ids.ts";
import { testDatabase } from "../testing/database.ts";
import { testFiles } from "../testing/files.ts";
import { createApp } from "./http.ts";
import { exampleOf } from "../testing/example-of.ts";

interface Operation {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  body: unknown;
}

let app: RoomApp;
let operations: Operation[] = [];
const keys = { own: "", others: "", viewers: "" };
const ids: Record<string, string> = {};

before(async () => {
  await testDatabase();
  testFiles();
  const signIn = createSignIn({ pool: pool(), publicUrl: "http://localhost:3000", secret: "s".repeat(40), rateLimited: false });
  app = await createApp({ publicUrl: "http://localhost:3000", adminKey: null, signIn, feed: new LiveFeed(), webFolder: null });
  await app.ready();
  operations = readContract();
  const [glaze, rival] = [
    await createWorkspace({ name: "Glaze & Co.", sample: false }),
    await createWorkspace({ name: "Rival Rings", sample: false }),
  ];
  keys.own = (await createKey(systemActor(glaze.id), { name: "all", scopes: [...PERMISSIONS] })).key;
  keys.others = (await createKey(systemActor(rival.id), { name: "all", scopes: [...PERMISSIONS] })).key;
  keys.viewers = (
    await createKey(systemActor(glaze.id), { name: "viewer", scopes: PERMISSIONS.filter((each) => each.endsWith(":read")) })
  ).key;
  await fillWorkspace(glaze.id);
});

after(() => app.close());

test("whoever holds another company's key finds nothing of Glaze & Co.: every route with an id answers 404", async () => {
  const withIds = operations.filter(({ path }) => path.includes("{") && !/\{(?:key|kind)\}/.test(path));
  assert.ok(withIds.length > 20, `only ${withIds.length} routes take an id`);
  for (const operation of withIds) {
    const answer = await call(keys.others, operation);
    assert.equal(answer.statusCode, 404, `${operation.method} ${operation.path}: ${answer.body}`);
  }
});

test("the same ids are found with Glaze & Co.'s own key", async () => {
  for (const operation of operations.filter(
    (each) => each.method === "GET" && each.path.includes("{") && !each.path.includes("raw") && !each.path.includes("attachments"),
  )) {
    assert.equal((await call(keys.own, operation)).statusCode, 200, `${operation.method} ${operation.path}`);
  }
});

const OPEN = new Set(["POST /api/v1/setup", "POST /api/v1/invitations/acceptance"]);
/** Change nothing, or note only that the reader has seen it. */
const READERS = new Set(["PUT /api/v1/conversations/{id}/reading", "POST /api/v1/segments/preview"]);

test("a viewer changes nothing: every write answers 403", async () => {
  const writes = operations.filter(
    ({ method, path }) => method !== "GET" && !OPEN.has(`${method} ${path}`) && !READERS.has(`${method} ${path}`),
  );
  assert.ok(writes.length > 20);
  for (const operation of writes) {
    const answer = await call(keys.viewers, operation);
    assert.equal(answer.statusCode, 403, `${operation.method} ${operation.path}: ${answer.body}`);
  }
});

/** What a row has besides what may be said of it. */
const OF_ROWS = ["workspace_id", "workspaceId", "customer_id", "id", "member_id", "created_at", "__proto__", "constructor"];

/** An order may say more than we know; that is passed over, as its room tests. */
const TALKATIVE = "/api/v1/orders";

test("no write takes a key that it does not name: whoever adds another company's id is told so", async () => {
  const written = operations.filter(
    ({ method, path, body }) => method !== "GET" && path !== TALKATIVE && typeof body === "object" && body !== null,
  );
  assert.ok(written.length > 20, `only ${written.length} writes have a body`);
  for (const operation of written) {
    for (const key of OF_ROWS) {
      const more = Object.fromEntries([...Object.entries(operation.body ?? {}), [key, 1]]);
      const answer = await call(keys.own, { ...operation, body: JSON.stringify(more) });
      assert.equal(answer.statusCode, 400, `${operation.method} ${operation.path} with ${key}: ${answer.body}`);
      if (key !== "__proto__") assert.match(answer.json().detail, new RegExp(`^body has no “${key}”`));
    }
  }
});

test("ids that a shop sends along with an order move it to no other company and no other customer", async () => {
  const own = { ...SMALL_ORDER, externalId: "1042", customer: { email: "maria@fjord.example" } };
  const place = async (more: object) => call(keys.own, { method: "POST", path: TALKATIVE, body: { ...own, ...more } });
  const first = (await place({})).json<{ id: string; customerId: string }>();
  for (const key of OF_ROWS.filter((each) => each !== "__proto__")) {
    const { id, customerId } = (await place({ [key]: 2 })).json<{ id: string; customerId: string }>();
    assert.deepEqual([id, customerId], [first.id, first.customerId], key);
  }
  assert.deepEqual((await call(keys.others, { method: "GET", path: TALKATIVE, body: undefined })).json().items, []);
});

test("within bodies too, every object says whether it takes more than it names", () => {
  const bodies = writtenIn(app.swagger());
  assert.ok(objectsIn(bodies).length > 40);
  const silent = objectsIn(bodies).filter((each) => "properties" in each && !("additionalProperties" in each));
  assert.deepEqual(silent, []);
});

/** All that stands under `requestBody`, and the schemas that have a name. */
function writtenIn(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === "requestBody" || key === "components" ? [each] : writtenIn(each)));
}

function objectsIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return "type" in value && value.type === "object" ? [value, ...inner] : inner;
}

test("without a key nothing but the open doors answers", async () => {
  const open = new Set(["GET /api/v1/health", "GET /api/v1/setup", ...OPEN]);
  for (const operation of operations.filter(({ method, path }) => !open.has(`${method} ${path}`))) {
    const answer = await call("", operation);
    assert.equal(answer.statusCode, 401, `${operation.method} ${operation.path}`);
    assert.equal(answer.headers["content-type"], "application/problem+json");
  }
});

test("every id of the contract was tried with a real row of Glaze & Co.", () => {
  const unknown = operations.filter(({ path }) => path.includes("{")).filter(({ path }) => fill(path).includes("{"));
  assert.deepEqual(
    unknown.map(({ path }) => path),
    [],
  );
});

function readContract(): Operation[] {
  const { paths, components } = app.swagger() as {
    components?: { schemas?: Record<string, unknown> };
    paths: Record<string, Record<string, { requestBody?: { content?: Record<string, { schema: unknown }> } }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => path !== "/api/v1/live")
      .map(([method, operation]) => ({
        method: method.toUpperCase() as Operation["method"],
        path,
        body: exampleOf(operation.requestBody?.content?.["application/json"]?.schema, components?.schemas),
      })),
  );
}

async function call(key: string, { method, path, body }: Operation) {
  return app.inject({
    method,
    url: fill(path),
    headers: {
      ...(key === "" ? {} : { authorization: `Bearer ${key}` }),
      ...(typeof body === "string" ? { "content-type": "application/json" } : {}),
    },
    ...(body === undefined ? {} : { payload: body as object }),
  });
}

/** Ids by the place in the path at which they stand. */
function fill(path: string): string {
  const kind = Object.keys(ids).find((prefix) => path.startsWith(`/api/v1/${prefix}/`));
  return path
    .replace("{id}", kind === undefined ? "{id}" : (ids[kind] ?? "{id}"))
    .replace("{tag}", "urgent")
    .replace("{token}", ids["attachments"] ?? "")
    .replace("{listener}", "experience.score")
    .replace("{key}", "csat")
    .replace("{kind}", "interactions");
}

const SMALL_ORDER = { items: [], total: 46, currency: "GBP", placedAt: "2026-11-13T08:00:00Z" };

async function fillWorkspace(workspaceId: number): Promise<void> {
  const post = async (path: string, payload: object): Promise<Record<string, string>> =>
    (await app.inject({ method: "POST", url: `/api/v1${path}`, headers: { authorization: `Bearer ${keys.own}` }, payload })).json();
  const address = await post("/mail/addresses", { address: "hello@glaze.example" });
  const order = await post("/orders", { ...SMALL_ORDER, externalId: "1042", customer: { email: "maria@fjord.example" } });
  const conversation = await post("/conversations", { customerId: order["customerId"] ?? "", subject: "Your box", text: "Hello Maria" });
  const other = await post("/orders", { ...SMALL_ORDER, externalId: "1043", customer: { email: "maria@home.example" } });
  const merge = await post("/merges", { from: other["customerId"] ?? "", into: order["customerId"] ?? "" });
  const source = await post("/order-sources", { name: "Shop", secret: "shop-secret" });
  const events = await post("/sources", { name: "Web shop" });
  const hook = await post("/hooks", { name: "Reviews", mapping: '{ "name": "Reviewed" }' });
  const actor = systemActor(workspaceId);
  const segment = await post("/segments", { name: "Everybody", where: { all: [] } });
  const invitation = await invite(actor, { email: "tom@glaze.example", role: "agent" });
  Object.assign(ids, {
    "mail/addresses": address["id"],
    customers: order["customerId"],
    orders: order["id"],
    merges: merge["id"],
    conversations: conversation["id"],
    "order-sources": source["id"],
    sources: events["id"],
    hooks: hook["id"],
    segments: segment["id"],
    imports: await uploadSmallFile(),
    invitations: publicId("inv", invitation.id),
    attachments: "no-such-token",
    ...(await rowsWithoutRoute(workspaceId)),
  });
}

async function uploadSmallFile(): Promise<string | undefined> {
  const answer = await app.inject({
    method: "POST",
    url: "/api/v1/imports?thing=customers",
    headers: { authorization: `Bearer ${keys.own}`, "content-type": "text/csv" },
    payload: "email\nmaria@fjord.example\n",
  });
  const { id }: { id?: string } = answer.json();
  return id;
}

/** Rows that only something from outside makes: a member, a key, a mailbox, a raw mail, a proposal, a poisonous interaction. */
async function rowsWithoutRoute(workspaceId: number): Promise<Record<string, string>> {
  return transaction({ workspaceId }, async ({ db }) => {
    const {
      rows: [row],
    } = await pool().query<{ member: number; key: number }>(
      "with m as (insert into members (workspace_id, name, email, role) values ($1, 'Ada', 'ada@glaze.example', 'owner') returning id) select (select id from m) as member, (select min(id) from api_keys where workspace_id = $1) as key",
      [workspaceId],
    );
    const account = await db
      .insertInto("mail_accounts")
      .values({
        workspace_id: workspaceId,
        host: "imap.example",
        port: 993,
        security: "tls",
        username: "ada",
        auth_kind: "password",
        secret_sealed: "x",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const entry = await db
      .insertInto("mail_ledger")
      .values({ workspace_id: workspaceId, digest: "a".repeat(64), size: 1, via: "smtp", envelope_to: [], received_at: new Date() })
      .returning("id")
      .executeTakeFirstOrThrow();
    const proposal = await db
      .insertInto("proposals")
      .values({
        workspace_id: workspaceId,
        play: "late-delivery",
        customer_id: 1,
        order_id: 1,
        state: "proposed",
        subject: "Late",
        text: "Sorry",
        reason: "late",
        created_at: new Date(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const suggestion = await db
      .insertInto("merge_suggestions")
      .values({ workspace_id: workspaceId, one_id: 1, other_id: 2, kind: "alike", suggested_at: new Date() })
      .returning("id")
      .executeTakeFirstOrThrow();
    return {
      "merge-suggestions": publicId("sug", suggestion.id),
      members: publicId("mem", row?.member ?? 0),
      keys: publicId("key", row?.key ?? 0),
      "mail/accounts": publicId("mac", account.id),
      "mail/ledger": publicId("mal", entry.id),
      proposals: publicId("prp", proposal.id),
      "set-aside/{listener}": publicId("int", 1),
    };
  });
}

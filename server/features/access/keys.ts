import { createHash, randomBytes } from "node:crypto";
import { invalid, notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { reading, transaction, type Scope } from "../../platform/db/index.ts";
import { authorize, type Actor } from "./actor.ts";
import { audit } from "./audit.ts";
import { isPermission, type Permission } from "./permissions.ts";

export interface ApiKey {
  id: number;
  name: string;
  /** The first characters, to recognise it by. */
  hint: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
}

export function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Makes a key for programs. The secret is in the answer and nowhere else. */
export async function createKey(actor: Actor, input: { name: string; scopes: string[] }): Promise<ApiKey & { key: string }> {
  authorize(actor, "keys:write");
  const scopes = input.scopes.filter(isPermission);
  if (scopes.length !== input.scopes.length) throw invalid("One of the scopes is not a permission; see the list in the contract.");
  const beyond = scopes.find((scope) => !actor.permissions.has(scope));
  if (beyond) throw invalid(`You cannot give a key the scope ${beyond}: you do not have it yourself.`);

  return transaction(actor, async (tx) => {
    const key = `tl_${randomBytes(24).toString("base64url")}`;
    const row = await tx.db
      .insertInto("api_keys")
      .values({
        workspace_id: tx.workspaceId,
        name: input.name,
        hint: key.slice(0, 8),
        key_hash: hashOf(key),
        scopes,
        created_by: actor.memberId,
        created_at: tx.now,
      })
      .returning(KEY)
      .executeTakeFirstOrThrow();
    await audit(tx, actor, { action: "keys.create", subject: publicId("key", row.id), after: { name: input.name, scopes } });
    return { ...row, key };
  });
}

/** Ends a key at once. Revoking twice is no error. */
export async function revokeKey(actor: Actor, id: number): Promise<void> {
  authorize(actor, "keys:write");
  await transaction(actor, async (tx) => {
    const row = await tx.db
      .updateTable("api_keys")
      .set(({ fn, val }) => ({ revoked_at: fn.coalesce("revoked_at", val(tx.now)) }))
      .where("workspace_id", "=", tx.workspaceId)
      .where("id", "=", id)
      .returning("name")
      .executeTakeFirst();
    if (!row) throw notFound("key");
    await audit(tx, actor, { action: "keys.revoke", subject: publicId("key", id), before: { name: row.name } });
  });
}

export async function listKeys(actor: Actor): Promise<ApiKey[]> {
  authorize(actor, "keys:read");
  const scope = reading(actor);
  return scope.db
    .selectFrom("api_keys")
    .select(KEY)
    .where("workspace_id", "=", scope.workspaceId)
    .where("revoked_at", "is", null)
    .orderBy("id", "desc")
    .limit(200)
    .execute();
}

/** The actor a secret stands for, or null. Marks the key as used, at most once a minute. */
export async function actorOfKey({ db }: Pick<Scope, "db">, secret: string, at: Date): Promise<Actor | null> {
  const row = await db
    .selectFrom("api_keys")
    .select(["id", "workspace_id as workspaceId", "name", "scopes", "last_used_at as lastUsedAt"])
    .where("key_hash", "=", hashOf(secret))
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  if (row.lastUsedAt === null || at.getTime() - row.lastUsedAt.getTime() > 60_000) {
    await db
      .updateTable("api_keys")
      .set({ last_used_at: at })
      .where("workspace_id", "=", row.workspaceId)
      .where("id", "=", row.id)
      .execute();
  }
  const permissions: ReadonlySet<Permission> = new Set(row.scopes.filter(isPermission));
  return { workspaceId: row.workspaceId, kind: "key", id: row.id, memberId: null, name: row.name, permissions };
}

const KEY = ["id", "name", "hint", "scopes", "created_at as createdAt", "last_used_at as lastUsedAt"] as const;

import { createHmac } from "node:crypto";
import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";
import { keyFor } from "../../platform/secret.ts";
import { normaliseEmail } from "./email-address.ts";

/** What a message is for; it decides what may hold it back (docs/glossary.md). */
export type MessageClass = "safety" | "transactional" | "service" | "survey" | "marketing";

export interface Suppression {
  channel: "email";
  address: string;
  /** "all" holds back everything but safety and transactional messages. */
  class: "all" | "service" | "survey" | "marketing";
  reason: string;
  source: string;
}

/** How the address of somebody who was erased is remembered: so that it is not written to again, and cannot be read. */
export function hashedAddress(address: string): string {
  return `hash:${createHmac("sha256", keyFor("erased-address")).update(address).digest("base64url")}`;
}

/** From now on nothing of this class goes to the address. Saying it twice is no error. */
export async function suppress(tx: Tx, suppression: Suppression): Promise<void> {
  await sql`
    insert into suppressions (workspace_id, channel, address, class, reason, source, suppressed_at)
    values (${tx.workspaceId}, ${suppression.channel}, ${spelt(suppression.address)}, ${suppression.class}, ${suppression.reason}, ${suppression.source}, ${tx.now})
    on conflict (workspace_id, channel, address, class) do update
      set lifted_at = null, reason = excluded.reason, source = excluded.source, suppressed_at = excluded.suppressed_at
      where suppressions.lifted_at is not null`.execute(tx.db);
}

export async function liftSuppression(tx: Tx, address: string, messageClass: Suppression["class"]): Promise<void> {
  await sql`update suppressions set lifted_at = ${tx.now}
    where workspace_id = ${tx.workspaceId} and address = ${spelt(address)} and class = ${messageClass}`.execute(tx.db);
}

/** Why a message of this class may not go to an address; null when it may. */
export async function suppressionOf(scope: Scope, address: string, messageClass: MessageClass): Promise<string | null> {
  if (messageClass === "safety" || messageClass === "transactional") return null;
  const { rows } = await sql<{ reason: string }>`
    select reason from suppressions
    where workspace_id = ${scope.workspaceId} and channel = 'email' and address in (${spelt(address)}, ${hashedAddress(spelt(address))})
      and class in ('all', ${messageClass}) and lifted_at is null limit 1`.execute(scope.db);
  return rows[0]?.reason ?? null;
}

/** Letters go to an address in its one spelling; profiles have it as it was said. */
function spelt(address: string): string {
  return normaliseEmail(address) ?? address;
}

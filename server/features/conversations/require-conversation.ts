import type { Scope, Tx } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { findConversation, lockConversation, type Conversation } from "./queries.ts";

/** @throws Problem 404 */
export async function requireConversation(scope: Scope, id: number): Promise<Conversation> {
  const found = await findConversation(scope, id);
  if (!found) throw notFound("conversation");
  return found;
}

/** As `requireConversation`, and nobody else changes it until this transaction ends. */
export async function holdConversation(tx: Tx, id: number): Promise<Conversation> {
  const found = await lockConversation(tx, id);
  if (!found) throw notFound("conversation");
  return found;
}

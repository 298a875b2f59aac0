import type { Actor } from "../access/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { insertMessage, type Message } from "./message-queries.ts";

/** What somebody of ours writes into a thread; nothing goes out yet. @throws Problem 400 when there is no text */
export async function writeMessage(
  tx: Tx,
  actor: Actor,
  { conversationId, customerId, kind, text }: { conversationId: number; customerId: number; kind: "reply" | "note"; text: string },
): Promise<Message> {
  if (text.trim() === "") throw invalid("There is nothing to send: the text is empty.");
  return insertMessage(tx, {
    conversationId,
    customerId,
    kind,
    direction: kind === "reply" ? "out" : null,
    authorKind: actor.kind === "member" ? "member" : "system",
    authorId: actor.memberId,
    authorName: actor.name,
    text: text.trim(),
    wholeText: null,
    html: null,
    hasRemoteImages: false,
    authentication: null,
    createdAt: tx.now,
  });
}

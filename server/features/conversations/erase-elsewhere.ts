import { sql } from "kysely";
import { findCustomers } from "../customers/index.ts";
import { eraseWords } from "../interactions/index.ts";
import { arrayLiteral, type Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { wordsOf } from "./queries.ts";

/**
 * Blanks what somebody wrote into conversations of others: their words and their name, in the thread, the list, the
 * search and the log. What the others wrote stays. Answers which messages that were.
 */
export async function eraseElsewhere(tx: Tx, customerIds: readonly number[]): Promise<number[]> {
  const ids = arrayLiteral([...customerIds]);
  const { rows } = await sql<{ id: number; conversationId: number }>`
    update messages m set text = '', whole_text = null, html = null, has_remote_images = false, authentication = null, author_name = 'Erased'
    from conversations c where m.workspace_id = ${tx.workspaceId} and m.customer_id = any(${ids}::bigint[]) and m.author_kind = 'customer'
      and c.id = m.conversation_id and c.customer_id <> all(${ids}::bigint[]) returning m.id, m.conversation_id as "conversationId"`.execute(
    tx.db,
  );
  if (rows.length === 0) return [];
  const messageIds = rows.map(({ id }) => id);
  const threads = await threadsOf(tx, [...new Set(rows.map(({ conversationId }) => conversationId))]);
  await showWithout(tx, threads, messageIds);
  const values = messageIds.map((id) => publicId("msg", id));
  const told = { customerIds: threads.map((thread) => thread.customerId), kinds: ["message.received"], property: "message", values };
  await eraseWords(tx, told, ["text"]);
  return messageIds;
}

interface Thread {
  id: number;
  customerId: number;
  subject: string;
  texts: string;
}

async function threadsOf(tx: Tx, ids: readonly number[]): Promise<Thread[]> {
  const { rows } = await sql<Thread>`
    select c.id, c.customer_id as "customerId", c.subject, coalesce(string_agg(m.text, ' ' order by m.id), '') as texts
    from conversations c left join messages m on m.conversation_id = c.id
    where c.workspace_id = ${tx.workspaceId} and c.id = any(${arrayLiteral([...ids])}::bigint[]) group by c.id`.execute(tx.db);
  return rows;
}

const MOST_SEARCHED = 200_000;

/** Searched by what is left, and without a preview where that was of one of these messages. */
async function showWithout(tx: Tx, threads: readonly Thread[], messageIds: readonly number[]): Promise<void> {
  const customers = await findCustomers(
    tx,
    threads.map((thread) => thread.customerId),
  );
  const searchable = threads.map(({ customerId, subject, texts }) => {
    const customer = customers.get(customerId);
    return wordsOf(`${subject} ${customer?.name ?? ""} ${customer?.email ?? ""} ${texts}`.slice(0, MOST_SEARCHED)).join(" ");
  });
  await sql`
    update conversations c set search = to_tsvector('simple', given.words), preview = case when exists (
        select from messages m where m.id = any(${arrayLiteral([...messageIds])}::bigint[]) and m.conversation_id = c.id and m.created_at = c.last_message_at)
      then '' else preview end
    from unnest(${arrayLiteral(threads.map((thread) => thread.id))}::bigint[], ${arrayLiteral(searchable)}::text[]) as given (id, words)
    where c.workspace_id = ${tx.workspaceId} and c.id = given.id`.execute(tx.db);
}

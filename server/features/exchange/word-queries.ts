import { sql } from "kysely";
import { arrayLiteral, type Scope, type Tx } from "../../platform/db/index.ts";

/** The line of a file that has the last word on something of a customer. */
export interface LastWord {
  customerId: number;
  word: string;
  line: number;
}

export async function lastWordsOf(tx: Tx, file: string, customerIds: readonly number[]): Promise<Map<number, LastWord[]>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await sql<LastWord>`
    select customer_id as "customerId", word, line from import_words
    where workspace_id = ${tx.workspaceId} and file = ${file} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])`.execute(
    tx.db,
  );
  return Map.groupBy(rows, ({ customerId }) => customerId);
}

/** A file that comes again writes nothing here. */
export async function noteLastWords(tx: Tx, file: string, words: readonly LastWord[]): Promise<void> {
  if (words.length === 0) return;
  await sql`
    insert into import_words as known (workspace_id, customer_id, file, word, line, noted_at)
    select ${tx.workspaceId}, customer_id, ${file}, word, max(line), ${tx.now}
    from unnest(${arrayLiteral(words.map((each) => each.customerId))}::bigint[], ${arrayLiteral(words.map((each) => each.word))}::text[],
      ${arrayLiteral(words.map((each) => each.line))}::bigint[]) as given (customer_id, word, line)
    group by customer_id, word
    on conflict (customer_id, file, word) do update set line = excluded.line, noted_at = excluded.noted_at where known.line < excluded.line`.execute(
    tx.db,
  );
}

/** Which lines of a file spoke of somebody: nothing is left of it. */
export async function forgetLastWords(tx: Tx, customerIds: readonly number[]): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from import_words where workspace_id = ${tx.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])`.execute(
    tx.db,
  );
  return Number(numAffectedRows);
}

export async function deleteOldWords({ db }: Pick<Scope, "db">, before: Date): Promise<void> {
  await sql`delete from import_words where noted_at < ${before}`.execute(db);
}

import { sql } from "kysely";
import { arrayLiteral, type Scope, type Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";

/** A person, as rooms are asked about them. */
export interface KnownPerson {
  /** All customers that they are. */
  customerIds: readonly number[];
  /** Their email addresses, normalised. */
  addresses: readonly string[];
  /** What a text that speaks of them holds: addresses, numbers, ids, the full name. */
  words: readonly string[];
  /** All by which they are known, also what is too short to look for in texts. */
  identities: readonly { kind: string; value: string }[];
  /** All that they were called. */
  names: readonly string[];
}

/** What a room can say of what it holds about a person, and how it lets go of it. */
export interface PersonalData {
  /** By the kind of thing, as the person may read it. */
  tell(scope: Scope, person: KnownPerson): Promise<Record<string, unknown[]>>;
  /** Blanks or deletes it, in the erasure's transaction; answers how much that was, and the files that nobody needs any more. */
  erase(tx: Tx, person: KnownPerson): Promise<{ count: number; files: string[] }>;
}

/** A kind of data that a room can forget when it grows old. */
export interface Retention {
  /** What it is, for a person who sets how long it is kept. */
  about: string;
  /** Forgets some of what is older than `before`, about `limit`; `more` when there is more of it. */
  forget(tx: Tx, before: Date, limit: number): Promise<{ count: number; files: string[]; more: boolean }>;
}

/** For `text like any(…)`: what holds one of a person's words. */
export function wordPatterns(person: KnownPerson): string {
  return arrayLiteral(person.words.map((word) => `%${word.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`));
}

/**
 * Blanks what the audit says of these, and drops the answers to repeated requests that name them: for what of an erased
 * person goes by an id of its own. Answers how much that was.
 */
export async function forgetAbout(tx: Tx, subjects: readonly string[]): Promise<number> {
  if (subjects.length === 0) return 0;
  const audit = await sql`
    update audit_entries set before = null, after = '{"erased": true}'
    where workspace_id = ${tx.workspaceId} and subject = any(${arrayLiteral(subjects)}::text[])`.execute(tx.db);
  const answers = await sql`
    delete from idempotency_keys where workspace_id = ${tx.workspaceId}
      and jsonb_path_query_array(body, 'strict $.**') ?| ${arrayLiteral(subjects)}::text[]`.execute(tx.db);
  return Number(audit.numAffectedRows) + Number(answers.numAffectedRows);
}

/** Who changed what stays known; what it was about is blanked. Answers to repeated requests go. */
export const personalData: PersonalData = {
  tell: () => Promise.resolve({}),
  async erase(tx, person) {
    const about = await forgetAbout(
      tx,
      person.customerIds.map((id) => publicId("cus", id)),
    );
    const audit = await sql`
      update audit_entries set before = null, after = '{"erased": true}'
      where workspace_id = ${tx.workspaceId}
        and lower(coalesce(before::text, '') || coalesce(after::text, '')) like any(${wordPatterns(person)}::text[])`.execute(tx.db);
    const answers = await sql`
      delete from idempotency_keys where workspace_id = ${tx.workspaceId} and lower(body::text) like any(${wordPatterns(person)}::text[])`.execute(
      tx.db,
    );
    return { count: about + Number(audit.numAffectedRows) + Number(answers.numAffectedRows), files: [] };
  },
};

export const retention: Readonly<Record<string, Retention>> = {
  audit: {
    about: "Who changed what.",
    async forget(tx, before, limit) {
      const { numAffectedRows } = await sql`
        delete from audit_entries where id in (
          select id from audit_entries where workspace_id = ${tx.workspaceId} and at < ${before} order by id limit ${limit})`.execute(
        tx.db,
      );
      return { count: Number(numAffectedRows), files: [], more: Number(numAffectedRows) === limit };
    },
  },
};

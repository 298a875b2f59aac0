import { sql } from "kysely";
import { arrayLiteral, type Tx } from "../../../platform/db/index.ts";
import { wordPatterns, type KnownPerson, type PersonalData, type Retention } from "../../access/index.ts";

export const personalData: PersonalData = {
  async tell(scope, { customerIds, addresses }) {
    const { rows } = await sql<object>`
      select subject, to_address as "to", from_address as "from", class, state, queued_at as "at" from email_deliveries
      where workspace_id = ${scope.workspaceId}
        and (customer_id = any(${arrayLiteral([...customerIds])}::bigint[]) and conversation_id is not null
          or to_address = any(${arrayLiteral([...addresses])}::text[]))
      order by id limit 100000`.execute(scope.db);
    return { mailsSent: rows };
  },

  /** The ledger still adds up: that a mail came and what became of it stays, not what it said and from whom. */
  async erase(tx, person) {
    const files = [...(await eraseReceived(tx, person)), ...(await eraseSent(tx, person))];
    const addresses = arrayLiteral([...person.addresses]);
    await sql`delete from automatic_mail_counts where workspace_id = ${tx.workspaceId} and address = any(${addresses}::text[])`.execute(
      tx.db,
    );
    return { count: files.length, files: await unneeded(tx, files) };
  },
};

async function eraseReceived(tx: Tx, { customerIds, addresses }: KnownPerson): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`
    with theirs as (
      select distinct l.id, l.digest from mail_ledger l left join email_messages m on m.ledger_id = l.id
      where l.workspace_id = ${tx.workspaceId} and (m.customer_id = any(${arrayLiteral([...customerIds])}::bigint[])
        or m.from_address = any(${arrayLiteral([...addresses])}::text[]) or lower(l.envelope_from) = any(${arrayLiteral([...addresses])}::text[]))
    ), blanked as (
      update mail_ledger l set envelope_from = null, peer_ip = null, peer_name = null, reason = case when l.reason is null then null else 'Erased.' end, erased = true
      from theirs where l.id = theirs.id
    ), messages as (
      update email_messages m set internet_message_id = null, reference_ids = '{}', from_address = null, subject = '', why = 'Erased.', authentication = null
      from theirs where m.ledger_id = theirs.id
    ) select digest from theirs`.execute(tx.db);
  return rows.map((row) => row.digest);
}

/** What was sent to them, and to our own people about them. */
async function eraseSent(tx: Tx, person: KnownPerson): Promise<string[]> {
  const { customerIds, addresses } = person;
  const { rows } = await sql<{ digest: string | null }>`
    with theirs as (
      select id, digest from email_deliveries where workspace_id = ${tx.workspaceId}
        and (customer_id = any(${arrayLiteral([...customerIds])}::bigint[]) or to_address = any(${arrayLiteral([...addresses])}::text[])
          or customer_id = 0 and lower(subject) like any(${wordPatterns(person)}::text[]))
    ), blanked as (
      update email_deliveries d set to_address = '', subject = '', internet_message_id = null, digest = null, detail = null,
        state = case when d.state in ('queued', 'kept') then 'withheld' else d.state end
      from theirs where d.id = theirs.id
    ) select digest from theirs`.execute(tx.db);
  return rows.flatMap((row) => row.digest ?? []);
}

/** The same bytes may have come to, or gone to, somebody else. */
async function unneeded(tx: Tx, digests: readonly string[]): Promise<string[]> {
  if (digests.length === 0) return [];
  const { rows } = await sql<{ digest: string }>`
    select distinct digest from unnest(${arrayLiteral([...digests])}::text[]) as digest
    where not exists (select from mail_ledger l where l.digest = digest.digest and not l.erased)
      and not exists (select from email_deliveries d where d.digest = digest.digest)`.execute(tx.db);
  return rows.map((row) => row.digest);
}

export const retention: Readonly<Record<string, Retention>> = {
  "raw-mail": {
    about: "The raw bytes of mails that came in; what they said stays in their conversations.",
    async forget(tx, before, limit) {
      const { rows } = await sql<{ digest: string }>`
        update mail_ledger set erased = true where id in (
          select id from mail_ledger where workspace_id = ${tx.workspaceId} and not erased and outcome not in ('pending', 'set-aside')
            and received_at < ${before} order by id limit ${limit}) returning digest`.execute(tx.db);
      const digests = rows.map((row) => row.digest);
      return { count: digests.length, files: await unneeded(tx, digests), more: digests.length === limit };
    },
  },
};

import { sql } from "kysely";
import { arrayLiteral } from "../../platform/db/index.ts";
import { forgetAbout, type PersonalData } from "../access/index.ts";
import { publicId } from "../../platform/ids.ts";
import { eraseElsewhere } from "./erase-elsewhere.ts";

export const personalData: PersonalData = {
  /** Their conversations, and what they wrote into those of others. */
  async tell(scope, { customerIds }) {
    const ids = arrayLiteral([...customerIds]);
    const { rows } = await sql<object>`
      select c.subject, c.channel, c.status, c.opened_at as "openedAt", c.closed_at as "closedAt", coalesce((
        select jsonb_agg(jsonb_build_object('at', m.created_at, 'direction', m.direction, 'author', m.author_name, 'text', m.text, 'files', (
          select coalesce(jsonb_agg(a.name), '[]') from attachments a where a.message_id = m.id)) order by m.id)
        from messages m where m.conversation_id = c.id and m.kind <> 'note'
          and (c.customer_id = any(${ids}::bigint[]) or m.author_kind = 'customer' and m.customer_id = any(${ids}::bigint[]))), '[]') as messages
      from conversations c where c.workspace_id = ${scope.workspaceId} and (c.customer_id = any(${ids}::bigint[]) or c.id in (
        select conversation_id from messages where workspace_id = ${scope.workspaceId} and author_kind = 'customer' and customer_id = any(${ids}::bigint[])))
      order by c.opened_at limit 10000`.execute(scope.db);
    return { conversations: rows };
  },

  /** That they wrote, when, and how long they waited stays; what was said on either side goes, notes about them too. */
  async erase(tx, { customerIds }) {
    const { rows } = await sql<{ id: number }>`
      update conversations set subject = 'Erased', preview = '', search = '', tags = '{}', status = 'closed', waiting_since = null, due_at = null, due_kind = null,
        due_hour = 'infinity', at_risk = false, closed_at = coalesce(closed_at, ${tx.now})
      where workspace_id = ${tx.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[]) returning id`.execute(
      tx.db,
    );
    const ids = arrayLiteral(rows.map((row) => row.id));
    const messages = await sql`
      update messages set text = '', whole_text = null, html = null, has_remote_images = false, authentication = null, delivery_detail = null,
        author_name = case when author_kind = 'customer' then 'Erased' else author_name end
      where workspace_id = ${tx.workspaceId} and conversation_id = any(${ids}::bigint[])`.execute(tx.db);
    await sql`delete from drafts where workspace_id = ${tx.workspaceId} and conversation_id = any(${ids}::bigint[])`.execute(tx.db);
    const elsewhere = await eraseElsewhere(tx, customerIds);
    const attached = await sql<{ id: number; digest: string }>`
      delete from attachments where workspace_id = ${tx.workspaceId}
        and message_id in (select id from messages where workspace_id = ${tx.workspaceId} and (conversation_id = any(${ids}::bigint[])
          or id = any(${arrayLiteral(elsewhere)}::bigint[]))) returning id, digest`.execute(tx.db);
    const unneeded = await sql<{ digest: string }>`
      select distinct digest from unnest(${arrayLiteral(attached.rows.map((row) => row.digest))}::text[]) as digest
      where not exists (select from attachments a where a.digest = digest.digest)`.execute(tx.db);
    await forgetAbout(tx, [...rows.map(({ id }) => publicId("con", id)), ...attached.rows.map(({ id }) => publicId("att", id))]);
    return { count: Number(messages.numAffectedRows) + elsewhere.length, files: unneeded.rows.map((row) => row.digest) };
  },
};

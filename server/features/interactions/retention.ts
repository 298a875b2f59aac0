import { sql } from "kysely";
import type { Retention } from "../access/index.ts";
import type { Tx } from "../../platform/db/index.ts";

const WEB_EVENTS = ["page.viewed", "screen.viewed", "event.tracked"];

/** Positions that are looked at in one transaction. */
const SPAN = 10_000;

/** That something happened stays, for the counts. The log is gone through in the order of arrival, from where the last time ended. */
export const retention: Readonly<Record<string, Retention>> = {
  "web-events": {
    about: "What customers did on pages and in apps: that it happened stays, what exactly goes.",
    async forget(tx, before) {
      const from = await blankedUpTo(tx);
      const span = await spanAfter(tx, from, before);
      if (span.upTo <= from) return { count: 0, files: [], more: false };
      await sql`select set_config('throughline.erasing', 'on', true)`.execute(tx.db);
      const { numAffectedRows } = await sql`
        update interactions set properties = '{}'
        where position > ${from} and position <= ${span.upTo} and workspace_id = ${tx.workspaceId}
          and kind = any(${WEB_EVENTS}::text[]) and properties <> '{}'`.execute(tx.db);
      await sql`select set_config('throughline.erasing', 'off', true)`.execute(tx.db);
      await saveBlankedUpTo(tx, span.upTo);
      return { count: Number(numAffectedRows), files: [], more: span.more };
    },
  },
};

async function blankedUpTo({ db, workspaceId }: Tx): Promise<number> {
  const { rows } = await sql<{ upTo: number }>`select up_to as "upTo" from web_events_blanked where workspace_id = ${workspaceId}`.execute(
    db,
  );
  return rows[0]?.upTo ?? 0;
}

/** The next positions, as far as all of them arrived before a moment; `more` when that moment was not reached. */
async function spanAfter({ db }: Tx, from: number, before: Date): Promise<{ upTo: number; more: boolean }> {
  const { rows } = await sql<{ last: number | null; young: number | null; count: number }>`
    select max(position) as last, min(position) filter (where received_at >= ${before}) as young, count(*) as count
    from (select position, received_at from interactions where position > ${from} order by position limit ${SPAN}) as next`.execute(db);
  const { last = null, young = null, count = 0 } = rows[0] ?? {};
  return { upTo: young === null ? (last ?? from) : young - 1, more: young === null && count === SPAN };
}

async function saveBlankedUpTo({ db, workspaceId }: Tx, upTo: number): Promise<void> {
  await sql`insert into web_events_blanked (workspace_id, up_to) values (${workspaceId}, ${upTo})
    on conflict (workspace_id) do update set up_to = excluded.up_to`.execute(db);
}

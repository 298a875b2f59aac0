import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";
import type { Placing } from "./placing.ts";

export interface MappingRow extends Placing {
  sourceId: number;
  event: string;
}

const MAPPING = sql`source_id as "sourceId", event, touchpoint, stage, driver, control, initiative`;
type MappingColumns = { [K in keyof Placing]-?: Placing[K] | null } & { sourceId: number; event: string };

export async function mappingsOf(scope: Scope): Promise<MappingRow[]> {
  const { rows } = await sql<MappingColumns>`
    select ${MAPPING} from event_mappings where workspace_id = ${scope.workspaceId} order by event limit 5000`.execute(scope.db);
  return rows.map((row) => ({
    sourceId: row.sourceId,
    event: row.event,
    ...(row.touchpoint === null ? {} : { touchpoint: row.touchpoint }),
    ...(row.stage === null ? {} : { stage: row.stage }),
    ...(row.driver === null ? {} : { driver: row.driver }),
    ...(row.control === null ? {} : { control: row.control }),
    ...(row.initiative === null ? {} : { initiative: row.initiative }),
  }));
}

export async function saveMapping(tx: Tx, row: MappingRow): Promise<void> {
  await sql`insert into event_mappings (workspace_id, source_id, event, touchpoint, stage, driver, control, initiative)
    values (${tx.workspaceId}, ${row.sourceId}, ${row.event}, ${row.touchpoint ?? null}, ${row.stage ?? null}, ${row.driver ?? null},
      ${row.control ?? null}, ${row.initiative ?? null})
    on conflict (workspace_id, source_id, event) do update set touchpoint = excluded.touchpoint, stage = excluded.stage,
      driver = excluded.driver, control = excluded.control, initiative = excluded.initiative`.execute(tx.db);
}

export async function deleteMapping(tx: Tx, sourceId: number, event: string): Promise<boolean> {
  const { rows } = await sql`delete from event_mappings
    where workspace_id = ${tx.workspaceId} and source_id = ${sourceId} and event = ${event} returning event`.execute(tx.db);
  return rows.length > 0;
}

import { sql } from "kysely";
import { audit, authorize, createWorkspace, deleteUsersWithoutMembership, findWorkspace, type Actor } from "../features/access/index.ts";
import { forgetTouchpoints } from "../features/interactions/index.ts";
import { transaction, type Scope, type Tx } from "../platform/db/index.ts";
import { conflict } from "../platform/errors.ts";
import { log } from "../platform/log.ts";

/**
 * Removes the sample company with everything that it holds, and makes an empty workspace that asks for its owner.
 * @throws Problem 409 when the workspace is a real one
 */
export async function removeSample(actor: Actor): Promise<void> {
  authorize(actor, "workspace:write");
  await transaction(actor, async (tx) => {
    const workspace = await findWorkspace(tx);
    if (!workspace?.sample) throw conflict("Only the sample company can be removed like this.");
    await audit(tx, actor, { action: "sample.remove", subject: workspace.name });
    await emptyWorkspace(tx);
    await deleteUsersWithoutMembership(tx);
    await createWorkspace({ name: "My company", sample: false }, tx);
  });
  forgetTouchpoints(actor.workspaceId);
  log.info("the sample company was removed", { by: actor.name });
}

/** Deletes every row of a workspace, in whichever table it stands: those that point at others first. */
export async function emptyWorkspace(tx: Tx): Promise<void> {
  await sql`select set_config('throughline.erasing', 'on', true)`.execute(tx.db);
  for (const table of await tablesOfWorkspaces(tx)) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId}`.execute(tx.db);
  }
  await sql`delete from workspaces where id = ${tx.workspaceId}`.execute(tx.db);
  await sql`select set_config('throughline.erasing', 'off', true)`.execute(tx.db);
}

/** By the catalogue, so that no table of a new room is forgotten. */
export async function tablesOfWorkspaces({ db }: Pick<Scope, "db">): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string; pointsAt: string[] }>`
    select c.relname::text as name, coalesce(array(
        select distinct p.relname::text from pg_constraint k join pg_class p on p.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and p.oid <> c.oid), '{}') as "pointsAt"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
    order by c.relname`.execute(db);
  const ordered: string[] = [];
  const waiting = new Map(tables.map((table) => [table.name, table]));
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(
      ({ name }) => ![...waiting.values()].some((other) => other.name !== name && other.pointsAt.includes(name)),
    );
    if (free.length === 0) throw new Error(`tables point at each other: ${[...waiting.keys()].join(", ")}`);
    for (const { name } of free) {
      ordered.push(name);
      waiting.delete(name);
    }
  }
  return ordered;
}

import { sql } from "kysely";
import { profilesOfPersons } from "../customers/index.ts";
import { arrayLiteral, together, type Scope } from "../../platform/db/index.ts";
import type { Source } from "./condition.ts";
import type { Person } from "./evaluate.ts";

/** What conditions look at besides the log, as far as it is asked for. */
export type Looks = Omit<Person, "facts">;

/** All customers that each person is. */
export type Members = ReadonlyMap<number, readonly number[]>;

const UNKNOWN: Looks = { profile: {}, identities: new Set(), orders: [], masses: null, atRisk: false };

/** What stands in the tables of these persons now. @param roots with, for each, what is to be looked at */
export async function lookAt(scope: Scope, roots: ReadonlyMap<number, ReadonlySet<Source>>, members: Members): Promise<Map<number, Looks>> {
  const looks = new Map([...roots.keys()].map((root) => [root, UNKNOWN]));
  const asking = (source: Source): number[] => [...roots].flatMap(([root, sources]) => (sources.has(source) ? [root] : []));
  await together([
    addProfiles(scope, asking("profile"), looks),
    addIdentities(scope, asking("identities"), looks, members),
    addOrders(scope, asking("orders"), looks, members),
    addScores(scope, asking("score"), looks),
  ]);
  return looks;
}

async function addProfiles(scope: Scope, roots: readonly number[], looks: Map<number, Looks>): Promise<void> {
  if (roots.length === 0) return;
  for (const [root, profile] of await profilesOfPersons(scope, roots)) put(looks, root, { profile: { ...profile } });
}

async function addIdentities(scope: Scope, roots: readonly number[], looks: Map<number, Looks>, members: Members): Promise<void> {
  if (roots.length === 0) return;
  const { ids, persons } = pairsOf(roots, members);
  const { rows } = await sql<{ root: number; kinds: string[] }>`
    select given.root, array_agg(distinct i.kind) as kinds
    from unnest(${ids}::bigint[], ${persons}::bigint[]) as given (id, root)
    join identities i on i.customer_id = given.id and i.workspace_id = ${scope.workspaceId} group by 1`.execute(scope.db);
  for (const { root, kinds } of rows) put(looks, root, { identities: new Set(kinds) });
}

async function addOrders(scope: Scope, roots: readonly number[], looks: Map<number, Looks>, members: Members): Promise<void> {
  if (roots.length === 0) return;
  const { ids, persons } = pairsOf(roots, members);
  const { rows } = await sql<{ root: number; orders: { at: number; cents: number; currency: string | null }[] }>`
    select given.root, json_agg(json_build_object('at', (extract(epoch from o.placed_at) * 1000)::bigint,
      'cents', round(coalesce(o.total, 0) * 100)::bigint, 'currency', o.currency)) as orders
    from unnest(${ids}::bigint[], ${persons}::bigint[]) as given (id, root)
    join orders o on o.customer_id = given.id and o.workspace_id = ${scope.workspaceId} and o.state <> 'cancelled' group by 1`.execute(
    scope.db,
  );
  for (const { root, orders } of rows) put(looks, root, { orders });
}

async function addScores(scope: Scope, roots: readonly number[], looks: Map<number, Looks>): Promise<void> {
  if (roots.length === 0) return;
  const { rows } = await sql<{ id: number; good: number; bad: number; pieces: number; atRisk: boolean }>`
    select customer_id as id, good, bad, pieces, at_risk as "atRisk" from experience_scores
    where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral([...roots])}::bigint[])`.execute(scope.db);
  for (const { id, atRisk, ...masses } of rows) put(looks, id, { masses, atRisk });
}

function put(looks: Map<number, Looks>, root: number, found: Partial<Looks>): void {
  const before = looks.get(root);
  if (before) looks.set(root, { ...before, ...found });
}

function pairsOf(roots: readonly number[], members: Members): { ids: string; persons: string } {
  const pairs = roots.flatMap((root) => (members.get(root) ?? [root]).map((id) => ({ id, root })));
  return { ids: arrayLiteral(pairs.map((pair) => pair.id)), persons: arrayLiteral(pairs.map((pair) => pair.root)) };
}

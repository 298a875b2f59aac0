import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";
import { DEFAULT_RULES, type IdentityKind, type IdentityRules } from "./identity-kinds.ts";

export interface RuleChanges {
  /** Blocked besides the defaults. */
  blocked: string[];
  /** Defaults that may name somebody after all. */
  allowed: string[];
  limits: Partial<Record<IdentityKind, number>>;
  mergesPerHour: number | null;
}

export async function ruleChangesOf(scope: Scope): Promise<RuleChanges> {
  const { rows } = await sql<RuleChanges>`
    select blocked, allowed, limits, merges_per_hour as "mergesPerHour" from identity_rules where workspace_id = ${scope.workspaceId}`.execute(
    scope.db,
  );
  return rows[0] ?? { blocked: [], allowed: [], limits: {}, mergesPerHour: null };
}

export async function rulesOf(scope: Scope): Promise<IdentityRules> {
  const changes = await ruleChangesOf(scope);
  return {
    blocked: [
      ...DEFAULT_RULES.blocked.filter((each) => !changes.allowed.includes(each)),
      ...changes.blocked.map((each) => each.toLowerCase()),
    ],
    allowed: changes.allowed,
    limits: { ...DEFAULT_RULES.limits, ...changes.limits },
    mergesPerHour: changes.mergesPerHour ?? DEFAULT_RULES.mergesPerHour,
  };
}

export async function saveRuleChanges(tx: Tx, changes: RuleChanges): Promise<void> {
  await sql`
    insert into identity_rules (workspace_id, blocked, allowed, limits, merges_per_hour)
    values (${tx.workspaceId}, ${JSON.stringify(changes.blocked)}::jsonb, ${JSON.stringify(changes.allowed)}::jsonb,
      ${JSON.stringify(changes.limits)}::jsonb, ${changes.mergesPerHour})
    on conflict (workspace_id) do update set blocked = excluded.blocked, allowed = excluded.allowed,
      limits = excluded.limits, merges_per_hour = excluded.merges_per_hour`.execute(tx.db);
}

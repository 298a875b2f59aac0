import { Type, type Static } from "typebox";
import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { Nullable } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import { BLOCKED_VALUES } from "./blocked-values.ts";
import { normaliseIdentity } from "./identity-kinds.ts";
import { ruleChangesOf, saveRuleChanges, type RuleChanges } from "./identity-rules.ts";

const Most = Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 }));

export const RuleChangesBody = Type.Object({
  blocked: Type.Array(Type.String({ minLength: 1, maxLength: 320 }), {
    maxItems: 1000,
    description: "Besides the defaults; a * at the end stands for any rest.",
  }),
  allowed: Type.Array(Type.String({ minLength: 1, maxLength: 320 }), {
    maxItems: 100,
    description: "Values of the defaults that may name somebody after all.",
  }),
  limits: Type.Object({ user_id: Most, external: Most, email: Most, phone: Most, social: Most, anonymous_id: Most }),
  mergesPerHour: Nullable(Type.Integer({ minimum: 1, maximum: 10_000 })),
});

/**
 * Changes what joins customers from now on; what is joined stays so. Values are kept in the spelling in which
 * identities are compared.
 * @throws Problem 400 when a value would block nearly everybody, or what is allowed is no default
 */
export async function changeRules(actor: Actor, asked: Static<typeof RuleChangesBody>): Promise<void> {
  authorize(actor, "workspace:write");
  const changes: RuleChanges = { ...asked, blocked: unique(asked.blocked.map(blockable)), allowed: unique(asked.allowed.map(allowable)) };
  await transaction(actor, async (tx) => {
    const before = await ruleChangesOf(tx);
    await saveRuleChanges(tx, changes);
    await audit(tx, actor, { action: "customers.identity-rules", subject: publicId("wsp", tx.workspaceId), before, after: changes });
  });
}

const FEWEST_BEFORE_STAR = 2;

function blockable(given: string): string {
  const value = given.normalize("NFC").trim().toLowerCase();
  if (value === "") throw invalid("A blocked value cannot be empty.");
  const star = value.indexOf("*");
  if (star === -1) return (value.startsWith("+") && normaliseIdentity({ kind: "phone", value })) || value;
  if (star < value.length - 1) throw invalid(`“${value}”: a star can only stand at the end, for any rest.`);
  if (star < FEWEST_BEFORE_STAR) throw invalid(`“${value}” would block too much. Put two characters or more before the star.`);
  return value;
}

function allowable(given: string): string {
  const value = given.trim().toLowerCase();
  if (!BLOCKED_VALUES.some((each) => each.value === value)) throw invalid(`“${value}” is not blocked from the start.`);
  return value;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

import { Type, type Static } from "typebox";
import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { Nullable } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import { ruleChangesOf, saveRuleChanges } from "./identity-rules.ts";

const Most = Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 }));

export const RuleChangesBody = Type.Object({
  blocked: Type.Array(Type.String({ minLength: 1, maxLength: 320 }), {
    maxItems: 1000,
    description: "Besides the defaults; a * at the end stands for any rest.",
  }),
  limits: Type.Object({ user_id: Most, external: Most, email: Most, phone: Most, social: Most, anonymous_id: Most }),
  mergesPerHour: Nullable(Type.Integer({ minimum: 1, maximum: 10_000 })),
});

/** Changes what joins customers from now on; what is joined stays so. */
export async function changeRules(actor: Actor, changes: Static<typeof RuleChangesBody>): Promise<void> {
  authorize(actor, "workspace:write");
  await transaction(actor, async (tx) => {
    const before = await ruleChangesOf(tx);
    await saveRuleChanges(tx, changes);
    await audit(tx, actor, { action: "customers.identity-rules", subject: publicId("wsp", tx.workspaceId), before, after: changes });
  });
}

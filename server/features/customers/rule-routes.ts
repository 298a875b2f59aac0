import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import type { RoomApp } from "../../platform/http/index.ts";
import { BLOCKED_VALUES } from "./blocked-values.ts";
import { changeRules, RuleChangesBody } from "./change-rules.ts";
import { DEFAULT_RULES } from "./identity-kinds.ts";
import { ruleChangesOf, rulesOf } from "./identity-rules.ts";

const Limit = Type.Integer({ description: "How many of this kind a customer may have." });
const Limits = Type.Object({ user_id: Limit, external: Limit, email: Limit, phone: Limit, social: Limit, anonymous_id: Limit });

const DefaultsView = Type.Object({
  blocked: Type.Array(
    Type.Object({
      value: Type.String(),
      why: Type.Union(
        [Type.Literal("empty"), Type.Literal("nobody"), Type.Literal("trial"), Type.Literal("unread"), Type.Literal("shared")],
        { description: "Sent for nothing, means nobody, a trial, nobody reads it, many read it." },
      ),
    }),
  ),
  limits: Limits,
  mergesPerHour: Type.Integer(),
});

export function ruleRoutes(app: RoomApp): void {
  app.get(
    "/identity-rules",
    {
      config: { permission: "workspace:read" },
      schema: {
        operationId: "getIdentityRules",
        summary: "What joins customers: blocked values, how many identities of a kind, merges an hour",
        tags: ["customers"],
        response: {
          200: Type.Object({
            blocked: Type.Array(Type.String(), { description: "As it holds: the defaults that are not allowed again, and your own." }),
            limits: Limits,
            mergesPerHour: Type.Integer(),
            own: RuleChangesBody,
            defaults: DefaultsView,
          }),
        },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const [{ blocked, limits, mergesPerHour }, own] = await Promise.all([rulesOf(scope), ruleChangesOf(scope)]);
      const defaults = { blocked: [...BLOCKED_VALUES], limits: DEFAULT_RULES.limits, mergesPerHour: DEFAULT_RULES.mergesPerHour };
      return { blocked: [...blocked], limits, mergesPerHour, own, defaults };
    },
  );

  app.put(
    "/identity-rules",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "changeIdentityRules",
        summary: "Change what joins customers",
        tags: ["customers"],
        body: RuleChangesBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await changeRules(requireActor(request), request.body);
      return reply.code(204).send(null);
    },
  );
}

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";

/** By what customers are known, as the company has changed it; and how it is from the start. */
export const identityRulesQuery = queryOptions({
  queryKey: ["identity-rules"],
  queryFn: () => answer(api.GET("/api/v1/identity-rules")),
});

export type IdentityRules = Awaited<ReturnType<NonNullable<typeof identityRulesQuery.queryFn>>>;
export type OwnRules = IdentityRules["own"];
export type LimitedKind = keyof IdentityRules["limits"];

import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { identityRulesQuery, type OwnRules } from "./identity-rules-query.ts";
import type { RuleStep } from "./rule-steps.ts";

/** Changes the rules, and says so with a way back. */
export type ChangeRules = (words: string, step: RuleStep, back: RuleStep) => void;

/**
 * Changes a part of the rules, which are kept as a whole. Changes made fast one after the other build on each other and
 * are sent in their order; a way back takes back its own change only.
 */
export function useRuleChanges(): { change: ChangeRules; wrong: string | null } {
  const client = useQueryClient();
  const { wrong, run } = useChange(identityRulesQuery.queryKey);
  const wanted = useRef<OwnRules | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());

  async function put(step: RuleStep): Promise<void> {
    // What was asked for before this change must not come after it.
    await client.cancelQueries({ queryKey: identityRulesQuery.queryKey }, { revert: false });
    const rules = client.getQueryData(identityRulesQuery.queryKey);
    if (!rules) return;
    const body = step(wanted.current ?? rules.own);
    wanted.current = body;
    client.setQueryData(identityRulesQuery.queryKey, { ...rules, own: body });
    const sent = last.current.then(() => answer(api.PUT("/api/v1/identity-rules", { body })));
    last.current = sent.catch(() => (wanted.current = null));
    await sent;
    if (wanted.current === body) wanted.current = null;
  }
  const change: ChangeRules = (words, step, back) =>
    void run(
      () => put(step),
      words,
      () => put(back),
    );
  return { change, wrong };
}

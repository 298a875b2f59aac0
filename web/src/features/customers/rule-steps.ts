import type { OwnRules } from "./identity-rules-query.ts";

/** One change of the rules. */
export type RuleStep = (own: OwnRules) => OwnRules;

const without = (values: readonly string[], value: string): string[] => values.filter((each) => each !== value);

/** Blocks a value besides those that are from the start. */
export function block(value: string): RuleStep {
  return (own) => ({ ...own, blocked: [...without(own.blocked, value), value] });
}

export function unblock(value: string): RuleStep {
  return (own) => ({ ...own, blocked: without(own.blocked, value) });
}

/** Lets a value that is blocked from the start name somebody. */
export function allow(value: string): RuleStep {
  return (own) => ({ ...own, allowed: [...without(own.allowed, value), value] });
}

export function disallow(value: string): RuleStep {
  return (own) => ({ ...own, allowed: without(own.allowed, value) });
}

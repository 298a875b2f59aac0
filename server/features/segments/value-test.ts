import type { ValueTest } from "./condition.ts";

/** Whether a value passes a test. Text is compared without regard to case; what is not there passes none. */
export function passes(value: unknown, test: ValueTest): boolean {
  if (value === undefined || value === null) return false;
  if ("exists" in test) return true;
  if ("is" in test) return typeof test.is === "string" ? lower(value) === test.is.toLowerCase() : value === test.is;
  if ("contains" in test) return lower(value)?.includes(test.contains.toLowerCase()) ?? false;
  if ("startsWith" in test) return lower(value)?.startsWith(test.startsWith.toLowerCase()) ?? false;
  if (typeof value !== "number") return false;
  return "atLeast" in test ? value >= test.atLeast : value <= test.atMost;
}

/** What stands at a path, as Postgres's `#>` finds it. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const step of path) {
    if (Array.isArray(at)) at = /^\d+$/.test(step) ? at[Number(step)] : undefined;
    else if (typeof at === "object" && at !== null && Object.hasOwn(at, step)) at = Reflect.get(at, step);
    else return undefined;
  }
  return at;
}

function lower(value: unknown): string | null {
  return typeof value === "string" ? value.toLowerCase() : null;
}

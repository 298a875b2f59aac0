import { BLOCKED_VALUES } from "./blocked-values.ts";
import { normaliseEmail } from "./email-address.ts";
import { normalisePhone } from "./phone-number.ts";

/** What a customer can be known by. An anonymous id is a device's; all others name somebody. */
export const IDENTITY_KINDS = ["user_id", "external", "email", "phone", "social", "anonymous_id"] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

export interface Named {
  kind: IdentityKind;
  value: string;
}

/** The rules by which identities join: what no identity may be, and how many a person may have of a kind. */
export interface IdentityRules {
  /** Lower case. A `*` at the end stands for any rest. */
  blocked: readonly string[];
  /** Values that nothing but `blocked` may hold back. */
  allowed: readonly string[];
  limits: Readonly<Record<IdentityKind, number>>;
  /** Merges into one person within an hour; what would be more waits for a person's word. */
  mergesPerHour: number;
}

export const DEFAULT_RULES: IdentityRules = {
  blocked: BLOCKED_VALUES.map(({ value }) => value),
  allowed: [],
  limits: { user_id: 1, external: 10, email: 10, phone: 5, social: 10, anonymous_id: 200 },
  mergesPerHour: 10,
};

const LONGEST = 400;

/** The one spelling under which an identity is kept; null where it is none. */
export function normaliseIdentity({ kind, value }: Named): string | null {
  const text = value.normalize("NFC").trim();
  if (text === "" || text.length > LONGEST || !text.isWellFormed() || text.includes("\0")) return null;
  if (kind === "email") return normaliseEmail(text);
  if (kind === "phone") return normalisePhone(text);
  return kind === "social" ? text.toLowerCase() : text;
}

/** Whether many share such a value, or it stands for nobody. Applies to all kinds, before and after normalising. */
export function isBlocked(value: string, rules: IdentityRules): boolean {
  const text = value.trim().toLowerCase();
  const { whole, beginnings } = blockedOf(rules);
  if (whole.has(text) || beginnings.some((each) => text.startsWith(each))) return true;
  return /^[0-]+$/.test(text) && !rules.allowed.includes(text);
}

interface Blocked {
  whole: ReadonlySet<string>;
  beginnings: readonly string[];
}

const sorted = new WeakMap<IdentityRules, Blocked>();

/** Sorted once for each set of rules, since thousands of values are held against them. */
function blockedOf(rules: IdentityRules): Blocked {
  const known = sorted.get(rules);
  if (known) return known;
  const made = {
    whole: new Set(rules.blocked.filter((each) => !each.endsWith("*"))),
    beginnings: rules.blocked.flatMap((each) => (each.endsWith("*") ? [each.slice(0, -1)] : [])),
  };
  sorted.set(rules, made);
  return made;
}

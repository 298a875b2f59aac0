import type { IdentityRules } from "./identity-rules-query.ts";

type BlockedBecause = IdentityRules["defaults"]["blocked"][number]["why"];

/** Why a value is blocked from the start, in the order in which it is shown. */
export const REASONS: readonly { why: BlockedBecause; title: string; note: string }[] = [
  { why: "shared", title: "Addresses that many read", note: "Whoever is on duty answers, so it is nobody in particular." },
  { why: "unread", title: "Addresses that nobody reads", note: "Programs send from them." },
  { why: "trial", title: "For trying out", note: "What is written into a form to see whether it works." },
  { why: "nobody", title: "Words for nobody", note: "Names of fields and roles, and people who are not signed in." },
  { why: "empty", title: "What programs send for nothing", note: "A field that was empty. Rows of zeros count as well." },
];

/** "info@*" → "info@…", as it is shown. */
export function shownValue(value: string): string {
  return value.endsWith("*") ? `${value.slice(0, -1)}…` : value;
}

/** What a value that a company blocks holds back. */
export function meaningOf(value: string): string {
  return value.endsWith("*") ? `Everything that begins with ${value.slice(0, -1)}` : "Only this";
}

/** What is blocked when somebody writes this; a beginning may end in a star or in three dots. */
export function blockedValueOf(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replace(/(?:…|\.{3})$/u, "*");
}

/** Why this value cannot be added, in a sentence; null when it can. */
export function whyNotBlocked(value: string, { own, defaults }: Pick<IdentityRules, "own" | "defaults">): string | null {
  if (value === "") return "Write a value, such as desk@hotel.example.";
  const star = value.indexOf("*");
  if (star !== -1 && star < value.length - 1) return "A star can only stand at the end, for any rest.";
  if (star !== -1 && star < 2) return "That would block too much. Put two characters or more before the star.";
  if (own.blocked.includes(value)) return "That is blocked already.";
  const standing = defaults.blocked.map((each) => each.value).filter((each) => !own.allowed.includes(each));
  const by = [...own.blocked, ...standing].find((each) => each === value || (each.endsWith("*") && value.startsWith(each.slice(0, -1))));
  if (by === value) return "That is blocked from the start.";
  return by ? `That is blocked already, by ${shownValue(by)}` : null;
}

import { Account, byTime, isAtRisk, isPoor, PARAMETERS, type Evidence } from "../experience/index.ts";
import type { Source } from "./condition.ts";
import type { Looks } from "./persons.ts";

/** What tables hold of customers now, with the moments from which, and up to which, it is known to have been so. */
export interface Records {
  /** Nobody keeps what a profile was before. The first met first. */
  profiles: readonly { customerId: number; profile: Record<string, unknown> }[];
  identities: readonly { customerId: number; kind: string; from: number }[];
  orders: readonly { customerId: number; at: number; cents: number; currency: string | null; from: number; until: number | null }[];
  evidence: readonly { customerId: number; from: number; piece: Evidence }[];
}

/** Moments in milliseconds at which what conditions look at besides the log became something else. */
export interface Turn {
  at: number;
  customerId: number;
  source: Source;
}

const POOR_WINDOW = PARAMETERS.poorWindowDays * 86_400_000;

export function turnsOf({ identities, orders, evidence }: Records): Turn[] {
  const turns = [
    ...identities.map(({ customerId, from }) => ({ at: from, customerId, source: "identities" as const })),
    ...orders.flatMap(({ customerId, from, until }) =>
      [from, ...(until === null ? [] : [until])].map((at) => ({ at, customerId, source: "orders" as const })),
    ),
    ...evidence.flatMap(({ customerId, from, piece }) =>
      [from, piece.at.getTime() + POOR_WINDOW].map((at) => ({ at, customerId, source: "score" as const })),
    ),
  ];
  return turns.sort((a, b) => a.at - b.at);
}

/** What a person looked like at a moment, made of just these customers. */
export function looksAt(
  records: Records,
  person: { root: number; members: ReadonlySet<number> },
  at: number,
  sources: readonly Source[],
): Looks {
  const of = <Each extends { customerId: number }>(rows: readonly Each[]): Each[] =>
    rows.filter((row) => person.members.has(row.customerId));
  const score = sources.includes("score") ? scoreAt(of(records.evidence), at) : { masses: null, atRisk: false };
  return {
    profile: sources.includes("profile") ? profileOf(of(records.profiles), person.root) : {},
    identities: new Set(of(records.identities).flatMap(({ kind, from }) => (from <= at ? [kind] : []))),
    orders: of(records.orders).filter(({ from, until }) => from <= at && (until === null || at < until)),
    ...score,
  };
}

/** What the one who stands for a person lacks is taken from the others; see customers. */
function profileOf(rows: Records["profiles"], root: number): Record<string, unknown> {
  const own = rows.find((row) => row.customerId === root)?.profile ?? {};
  const orOfOthers = (key: string): unknown => own[key] ?? rows.find((row) => row.profile[key] !== null)?.profile[key] ?? null;
  return { ...own, ...Object.fromEntries(["name", "email", "phone", "locale", "timeZone"].map((key) => [key, orOfOthers(key)])) };
}

function scoreAt(rows: Records["evidence"], at: number): Pick<Looks, "masses" | "atRisk"> {
  const pieces = rows.flatMap(({ from, piece }) => (from <= at ? [piece] : [])).sort(byTime);
  if (pieces.length === 0) return { masses: null, atRisk: false };
  const account = new Account();
  const lastAt = new Map<string, number>();
  for (const piece of pieces) {
    account.add(piece);
    lastAt.set(piece.episode, piece.at.getTime());
  }
  const poor = [...account.episodes].filter(([name, episode]) => isPoor(episode) && (lastAt.get(name) ?? 0) > at - POOR_WINDOW);
  return { masses: account.masses, atRisk: isAtRisk(poor.length) };
}

import { now } from "../../platform/clock.ts";
import type { Scope } from "../../platform/db/index.ts";
import { episodesIn, episodesOf, evidenceAt, evidenceOf, poorSince, scoreOf, type EvidenceRow } from "./queries.ts";
import { NO_EPISODE, NO_MASSES, PARAMETERS, pointsOf, scoreAt, type Score } from "./score.ts";

const MOST_PIECES = 5000;
const MOST_SHOWN = 200;

export interface Contribution {
  /** Null for the sum of what is too small or too many to name. */
  position: number | null;
  reason: string;
  points: number;
  at: Date;
}

export interface Experience extends Score {
  atRisk: boolean;
  poorExperiences: number;
  /** The greatest first; with 50 they add up to the score exactly. */
  contributions: Contribution[];
  line: EvidenceRow[];
  /** Points of each piece now, by position. */
  points: Map<number, number>;
}

/** A customer's score at this moment, taken apart into what made it. */
export async function readExperience(scope: Scope, customerId: number, at = now()): Promise<Experience> {
  const since = new Date(at.getTime() - PARAMETERS.poorWindowDays * 86_400_000);
  const [row, evidence, episodes, poor] = await Promise.all([
    scoreOf(scope, customerId),
    evidenceOf(scope, customerId, MOST_PIECES),
    episodesOf(scope, customerId),
    poorSince(scope, [customerId], since),
  ]);
  const masses = row ?? NO_MASSES;
  const points = new Map(evidence.map((piece) => [piece.position, pointsOf(piece, episodes.get(piece.episode) ?? NO_EPISODE, masses, at)]));
  return {
    ...scoreAt(masses, at),
    atRisk: row?.atRisk ?? false,
    poorExperiences: poor.get(customerId) ?? 0,
    contributions: contributionsOf(evidence, points),
    line: evidence.toReversed(),
    points,
  };
}

function contributionsOf(evidence: readonly EvidenceRow[], points: Map<number, number>): Contribution[] {
  const all = evidence
    .map((piece) => ({ position: piece.position, reason: piece.reason, points: points.get(piece.position) ?? 0, at: piece.at }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const rest = all.slice(MOST_SHOWN);
  const last = rest.at(-1);
  if (!last) return all;
  const sum = rest.reduce((total, each) => total + each.points, 0);
  return [...all.slice(0, MOST_SHOWN), { position: null, reason: `${rest.length} more`, points: sum, at: last.at }];
}

/** The points that some interactions have in a customer's score now, for a page of their timeline. */
export async function pointsAt(scope: Scope, customerId: number, positions: readonly number[], at = now()): Promise<Map<number, number>> {
  const [row, evidence] = await Promise.all([scoreOf(scope, customerId), evidenceAt(scope, customerId, positions)]);
  if (!row || evidence.length === 0) return new Map();
  const keys = evidence.map((piece) => ({ customerId, episode: piece.episode }));
  const episodes = new Map((await episodesIn(scope, keys)).map((episode) => [episode.episode, episode]));
  return new Map(evidence.map((piece) => [piece.position, pointsOf(piece, episodes.get(piece.episode) ?? NO_EPISODE, row, at)]));
}

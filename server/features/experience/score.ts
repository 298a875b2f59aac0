/** The experience score, as pure functions of evidence and time. README.md has the formula and its sources. */

export const PARAMETERS = {
  alpha: 2,
  beta: 2,
  lambda: 2,
  halfLifeDays: 90,
  episodeCap: 3,
  fewestPieces: 3,
  poorBelow: -0.5,
  poorWindowDays: 90,
};
export type Parameters = typeof PARAMETERS;

/** Masses are kept as they would stand at this moment, so that order of arrival does not matter and nothing decays in store. */
const EPOCH = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

export interface Evidence {
  position: number;
  at: Date;
  episode: string;
  valence: number;
  weight: number;
}

/** One episode's evidence before its cap; masses scaled to the epoch, `feeling` is Σ w·v undecayed. */
export interface Episode {
  weight: number;
  good: number;
  bad: number;
  feeling: number;
}

export interface Masses {
  good: number;
  bad: number;
  pieces: number;
}

export const NO_MASSES: Masses = { good: 0, bad: 0, pieces: 0 };
export const NO_EPISODE: Episode = { weight: 0, good: 0, bad: 0, feeling: 0 };

/** Half-lives away from the epoch (a century and more) beyond which a moment counts as this one: sums stay finite. */
const FARTHEST = 450;
const HEAVIEST = 1000;

/** 2^((t − epoch) / H): what a mass of that moment is worth at the epoch, which stands in for a moment that is none. */
export function scaleAt(at: Date, p: Parameters = PARAMETERS): number {
  const halfLives = (at.getTime() - EPOCH) / (p.halfLifeDays * DAY_MS);
  return 2 ** within(-FARTHEST, Number.isNaN(halfLives) ? 0 : halfLives, FARTHEST);
}

/** What a piece counts as: valence −1 to 1, weight not below 0. Null where it says nothing that can be added up. */
function soundOf(piece: Evidence): Evidence | null {
  if (![piece.valence, piece.weight, piece.at.getTime()].every(Number.isFinite)) return null;
  return { ...piece, valence: within(-1, piece.valence, 1), weight: within(0, piece.weight, HEAVIEST) };
}

function within(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** An unsound piece leaves the episode as it is: the same object. */
export function addToEpisode(episode: Episode, given: Evidence, p: Parameters = PARAMETERS): Episode {
  const piece = soundOf(given);
  if (piece === null) return episode;
  const scale = scaleAt(piece.at, p);
  return {
    weight: episode.weight + piece.weight,
    good: episode.good + piece.weight * Math.max(piece.valence, 0) * scale,
    bad: episode.bad + p.lambda * piece.weight * Math.max(-piece.valence, 0) * scale,
    feeling: episode.feeling + piece.weight * piece.valence,
  };
}

/** What is left of an episode under its cap: above it, all its evidence is scaled down alike. */
export function capOf(episode: Episode, p: Parameters = PARAMETERS): number {
  return episode.weight <= p.episodeCap ? 1 : p.episodeCap / episode.weight;
}

/** Clearly bad: what its evidence says, under the cap, sums to −0.5 or less. */
export function isPoor(episode: Episode, p: Parameters = PARAMETERS): boolean {
  return episode.feeling * capOf(episode, p) <= p.poorBelow;
}

/** Replaces an episode's part in the masses by its new one. */
export function changeEpisode(masses: Masses, before: Episode, after: Episode, p: Parameters = PARAMETERS): Masses {
  if (after === before) return masses;
  const was = capOf(before, p);
  const is = capOf(after, p);
  return {
    good: Math.max(0, masses.good - was * before.good + is * after.good),
    bad: Math.max(0, masses.bad - was * before.bad + is * after.bad),
    pieces: masses.pieces + 1,
  };
}

export interface Score {
  /** 0 to 100; null with too little evidence. */
  score: number | null;
  low: number;
  high: number;
}

/** 8 times in 10, were evidence drawn at random: the normal quantile of .9. */
const Z = 1.2815515655446004;

/**
 * The score at a moment. Its range comes from the unweighted masses: the spread of a Beta distribution with the
 * score as mean and α+β+G+B/λ as count. It is not called a confidence interval until its coverage has been measured.
 */
export function scoreAt(masses: Masses, at: Date, p: Parameters = PARAMETERS): Score {
  const exact = exactScore(masses, at, p);
  const decay = 1 / scaleAt(at, p);
  const count = p.alpha + p.beta + (masses.good + masses.bad / p.lambda) * decay;
  const share = exact / 100;
  const half = 100 * Z * Math.sqrt((share * (1 - share)) / (count + 1));
  const low = Math.max(0, exact - half);
  const high = Math.min(100, exact + half);
  return { score: masses.pieces < p.fewestPieces ? null : exact, low, high };
}

/** The score whether or not there is enough evidence to show it. */
export function exactScore(masses: Masses, at: Date, p: Parameters = PARAMETERS): number {
  const decay = 1 / scaleAt(at, p);
  const share = (p.alpha + masses.good * decay) / (p.alpha + p.beta + (masses.good + masses.bad) * decay);
  return 100 * within(0, share, 1);
}

/** The points one piece has in the score at a moment. 50 plus the points of all is the score, exactly. */
export function pointsOf(given: Evidence, episode: Episode, masses: Masses, at: Date, p: Parameters = PARAMETERS): number {
  const piece = soundOf(given);
  if (piece === null) return 0;
  const decay = 1 / scaleAt(at, p);
  const mass = capOf(episode, p) * piece.weight * scaleAt(piece.at, p) * decay;
  const effect = piece.valence >= 0 ? mass * piece.valence : mass * piece.valence * p.lambda;
  return (50 * effect) / (p.alpha + p.beta + (masses.good + masses.bad) * decay);
}

export interface Step {
  before: number;
  after: number;
  low: number;
  high: number;
  masses: Masses;
}

/** What a customer's evidence comes to: the masses, the episodes, and the score around each piece. */
export class Account {
  masses: Masses = NO_MASSES;
  readonly episodes = new Map<string, Episode>();

  /** Adds a piece; pieces must come in order of time for the steps to be the line as it was. */
  add(piece: Evidence, p: Parameters = PARAMETERS): Step {
    const before = this.episodes.get(piece.episode) ?? NO_EPISODE;
    const after = addToEpisode(before, piece, p);
    const scoreBefore = exactScore(this.masses, piece.at, p);
    this.masses = changeEpisode(this.masses, before, after, p);
    this.episodes.set(piece.episode, after);
    const { low, high } = scoreAt(this.masses, piece.at, p);
    return { before: scoreBefore, after: exactScore(this.masses, piece.at, p), low, high, masses: this.masses };
  }
}

/** The order in which evidence forms the line. */
export function byTime(a: Pick<Evidence, "at" | "position">, b: Pick<Evidence, "at" | "position">): number {
  return a.at.getTime() - b.at.getTime() || a.position - b.position;
}

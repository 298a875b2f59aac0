import type { EverywhereTx } from "../../platform/db/index.ts";
import type { Interaction } from "../interactions/index.ts";
import { effectOf, type Effect } from "./evidence-of.ts";
import {
  dropDerived,
  dropScores,
  episodesIn,
  evidenceIn,
  saveEpisodes,
  saveEvidence,
  saveScores,
  scoresIn,
  type EpisodeRow,
  type EvidenceRow,
  type ScoreRow,
} from "./queries.ts";
import { Account, byTime, isPoor, NO_MASSES } from "./score.ts";

type Happened = { interaction: Interaction; effect: Effect };

/**
 * Takes a batch of interactions into the scores. A customer to whom only new moments were added goes on from where
 * they stood; one whose past changed (a late event, an answer changed, a piece withdrawn) is worked out anew.
 * Answers the customers touched.
 */
export async function takeIn(tx: EverywhereTx, batch: readonly Interaction[]): Promise<number[]> {
  const happened = batch.flatMap((interaction) => {
    const effect = effectOf(interaction);
    return effect === null ? [] : [{ interaction, effect }];
  });
  if (happened.length === 0) return [];
  const byCustomer = Map.groupBy(happened, ({ interaction }) => interaction.customerId);
  const customerIds = [...byCustomer.keys()].sort((a, b) => a - b);
  const scores = await scoresIn(tx, customerIds);

  const isSimple = (id: number): boolean => goesOn(byCustomer.get(id) ?? [], scores.get(id));
  await goOn(tx, customerIds.filter(isSimple), byCustomer, scores);
  await workOutAnew(
    tx,
    customerIds.filter((id) => !isSimple(id)),
    byCustomer,
    scores,
  );
  return customerIds;
}

/** Works scores out anew from the evidence that there is; whoever has none any more has no score. */
export async function takeInAnew(tx: EverywhereTx, customerIds: readonly number[]): Promise<void> {
  const scores = await scoresIn(tx, customerIds);
  await dropScores(tx, customerIds);
  await workOutAnew(tx, customerIds, new Map(), scores);
}

/** Whether all that happened comes after all that was known. */
function goesOn(happened: readonly Happened[], score: ScoreRow | undefined): boolean {
  let last = score ? { at: score.lastAt, position: score.lastPosition } : null;
  for (const { interaction, effect } of happened) {
    if (effect.do !== "add") return false;
    const next = { at: momentOf(interaction), position: interaction.position };
    if (last !== null && byTime(next, last) < 0) return false;
    last = next;
  }
  return true;
}

async function goOn(
  tx: EverywhereTx,
  ids: readonly number[],
  byCustomer: Map<number, Happened[]>,
  scores: Map<number, ScoreRow>,
): Promise<void> {
  const keys = ids.flatMap((customerId) =>
    (byCustomer.get(customerId) ?? []).flatMap(({ effect }) =>
      effect.do === "add" ? [{ customerId, episode: effect.piece.episode }] : [],
    ),
  );
  const known = Map.groupBy(keys.length === 0 ? [] : await episodesIn(tx, keys), (row) => row.customerId);
  const results = ids.map((id) => {
    const account = new Account();
    account.masses = scores.get(id) ?? NO_MASSES;
    for (const episode of known.get(id) ?? []) account.episodes.set(episode.episode, episode);
    return addAll(id, account, (byCustomer.get(id) ?? []).flatMap(rowOf), scores.get(id), known.get(id) ?? []);
  });
  await save(tx, results);
}

async function workOutAnew(
  tx: EverywhereTx,
  ids: readonly number[],
  byCustomer: Map<number, Happened[]>,
  scores: Map<number, ScoreRow>,
): Promise<void> {
  if (ids.length === 0) return;
  const known = Map.groupBy(await evidenceIn(tx, ids), (row) => row.customerId);
  await dropDerived(tx, ids);
  const results = ids.map((id) => {
    const rows = (byCustomer.get(id) ?? []).reduce(apply, known.get(id) ?? []);
    return addAll(id, new Account(), rows.toSorted(byTime), scores.get(id), []);
  });
  await save(tx, results);
}

/** One effect on all of a customer's evidence. */
function apply(rows: EvidenceRow[], happened: Happened): EvidenceRow[] {
  const { effect } = happened;
  if (effect.do === "add") return [...rows, ...rowOf(happened)];
  if (effect.do === "replace") return [...without(rows, effect.piece), ...rowOf(happened)];
  if (effect.do === "withdraw") return without(rows, effect);
  return rows.map((row) => (row.episode === effect.episode && row.kind === effect.kind ? { ...row, reason: effect.reason } : row));
}

function without(rows: EvidenceRow[], what: { episode: string; kind: string }): EvidenceRow[] {
  return rows.filter((row) => row.episode !== what.episode || row.kind !== what.kind);
}

function rowOf({ interaction, effect }: Happened): EvidenceRow[] {
  if (effect.do !== "add" && effect.do !== "replace") return [];
  const { customerId, writtenFor, workspaceId, position, initiative } = interaction;
  const at = momentOf(interaction);
  return [
    {
      ...effect.piece,
      customerId,
      writtenFor,
      workspaceId,
      position,
      at,
      // What says how somebody feels was begun by somebody.
      initiative: initiative ?? "reactive",
      before: 50,
      after: 50,
      low: 0,
      high: 100,
      masses: NO_MASSES,
    },
  ];
}

/** A wrong clock that dates something in the future must not make it weigh more than what happens now. */
function momentOf({ occurredAt, receivedAt }: Interaction): Date {
  return occurredAt > receivedAt ? receivedAt : occurredAt;
}

interface Result {
  evidence: EvidenceRow[];
  episodes: EpisodeRow[];
  score: ScoreRow | null;
}

function addAll(
  customerId: number,
  account: Account,
  pieces: readonly EvidenceRow[],
  score: ScoreRow | undefined,
  known: readonly EpisodeRow[],
): Result {
  const lastAt = new Map(known.map((row) => [row.episode, row.lastAt]));
  const evidence = pieces.map((piece) => {
    const step = account.add(piece);
    const last = lastAt.get(piece.episode);
    if (last === undefined || piece.at > last) lastAt.set(piece.episode, piece.at);
    return { ...piece, ...step };
  });
  const workspaceId = pieces[0]?.workspaceId ?? score?.workspaceId;
  const newest = pieces.at(-1);
  if (workspaceId === undefined) return { evidence, episodes: [], score: null };
  const episodes = [...new Set(pieces.map((piece) => piece.episode))].sort().map((name) => {
    const episode = account.episodes.get(name) ?? { weight: 0, good: 0, bad: 0, feeling: 0 };
    return { ...episode, customerId, workspaceId, episode: name, poor: isPoor(episode), lastAt: lastAt.get(name) ?? new Date(0) };
  });
  const { good, bad, pieces: count } = account.masses;
  return {
    evidence,
    episodes,
    score: {
      customerId,
      workspaceId,
      good,
      bad,
      pieces: count,
      lastAt: newest?.at ?? score?.lastAt ?? new Date(0),
      lastPosition: newest?.position ?? score?.lastPosition ?? 0,
      atRisk: score?.atRisk ?? false,
    },
  };
}

async function save(tx: EverywhereTx, results: readonly Result[]): Promise<void> {
  await saveEvidence(
    tx,
    results.flatMap((result) => result.evidence),
  );
  await saveEpisodes(
    tx,
    results.flatMap((result) => result.episodes),
  );
  await saveScores(
    tx,
    results.flatMap((result) => (result.score === null ? [] : [result.score])),
  );
}

import { now } from "../../platform/clock.ts";
import { isDataException, planAnew, reading, transaction, type Tx, type Who } from "../../platform/db/index.ts";
import { hasFile, openFile, removeFile } from "../../platform/files/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { inGroups, joinRecords, type JoinedRecord } from "./join-lines.ts";
import { readRecords } from "./read-records.ts";
import { advance, end, endTrial, findImport, lockImport, type Import } from "./queries.ts";
import { takeRecords } from "./take-records.ts";

/** Records that are taken in at a time, in one transaction with the place up to which the file was read. */
const STEP = 1000;
/** After this long others get their turn. */
const SLICE_MS = 5_000;
/** A file that has less to say at once than this is read on. */
const STEP_BYTES = 4 * 1024 * 1024;

/**
 * Reads an import's file on from where it was left, step by step, until its end, or for a while. A step counts with what
 * it wrote or not at all: killed at any moment, it is read on from the last step.
 * @param options.most records in a step, as a rule
 */
export async function workOnImport(who: Who, id: number, { most = STEP } = {}): Promise<void> {
  const found = await findImport(reading(who), id);
  if (found?.state !== "trying" && found?.state !== "running") return;
  if (!(await hasFile(found.digest))) return transaction(who, (tx) => end(tx, id, "failed", "The file is no longer there. Send it again."));
  const until = now().getTime() + SLICE_MS;
  const shape = { format: found.format, delimiter: found.delimiter, width: found.columns.length };
  const bytes = openFile(found.digest, { start: found.position });
  let at = found;
  try {
    for await (const step of stepsOf(joinRecords(readRecords(bytes, found, shape), found), most)) {
      const next = await takeStep(who, at, step);
      if (next === null) return;
      at = next;
      if (now().getTime() > until) return await goOnLater(who, id);
    }
  } finally {
    bytes.destroy();
  }
  await finish(who, at);
}

/** A step ends where an order does, so that the place up to which the file was read is never within one. */
async function* stepsOf(records: AsyncIterable<JoinedRecord>, most: number): AsyncGenerator<JoinedRecord[]> {
  let step: JoinedRecord[] = [];
  let from: number | null = null;
  for await (const record of records) {
    const isFull = step.length >= most || (from !== null && (step.at(-1)?.next.position ?? from) - from >= STEP_BYTES);
    if (isFull && !record.isWithin) {
      yield step;
      step = [];
      from = null;
    }
    step.push(record);
    from ??= record.next.position;
  }
  if (step.length > 0) yield step;
}

/** Null: somebody else is at it, or it was cancelled. */
async function takeStep(who: Who, at: Import, step: readonly JoinedRecord[]): Promise<Import | null> {
  try {
    return await transaction(who, (tx) => takeInTurn(tx, at, step));
  } catch (error) {
    if (!isDataException(error)) throw error;
    return takeOneByOne(who, at, step);
  }
}

async function takeInTurn(tx: Tx, at: Import, step: readonly JoinedRecord[]): Promise<Import | null> {
  await planAnew(tx);
  const so = await lockImport(tx, at.id);
  if (so?.state !== at.state || so.position !== at.position) return null;
  const next = step.at(-1)?.next ?? at;
  await advance(tx, at.id, next, await takeRecords(tx, so, step));
  return { ...so, ...next };
}

/** Finds the record, or the order, that the database cannot keep, and refuses that one alone. */
async function takeOneByOne(who: Who, at: Import, step: readonly JoinedRecord[]): Promise<Import | null> {
  let so: Import | null = at;
  for (const group of inGroups(step)) {
    const from: Import = so;
    try {
      so = await transaction(who, (tx) => takeInTurn(tx, from, group));
    } catch (error) {
      if (!isDataException(error)) throw error;
      const refused = group.map((record) => ({ ...record, value: null, reason: record.reason ?? "Something in it cannot be kept." }));
      so = await transaction(who, (tx) => takeInTurn(tx, from, refused));
    }
    if (so === null) return null;
  }
  return so;
}

async function goOnLater(who: Who, id: number): Promise<void> {
  await transaction(who, (tx) =>
    enqueue(tx, "exchange.work", { workspaceId: tx.workspaceId, importId: id }, { queue: `exchange:${tx.workspaceId}` }),
  );
}

async function finish(who: Who, at: Import): Promise<void> {
  await transaction(who, async (tx) => {
    const so = await lockImport(tx, at.id);
    if (so?.state !== at.state || so.position !== at.position) return;
    if (so.state === "trying") return endTrial(tx, so.id);
    await end(tx, so.id, "done");
    tx.afterCommit(() => void removeFile(so.digest).catch(() => undefined));
  });
}

import { hash } from "node:crypto";
import type { Tx } from "../../platform/db/index.ts";
import { cellsOf } from "./cells.ts";
import { keepRefusals, seenBefore, type Counts, type Import } from "./queries.ts";
import type { FileRecord } from "./read-records.ts";
import type { Verdict, Weight } from "./thing.ts";
import { things } from "./things.ts";

/** Takes in some records of a file, or weighs them in a trial; answers what became of them. */
export async function takeRecords(tx: Tx, so: Import, records: readonly FileRecord[]): Promise<Counts> {
  const readable = records.filter(({ reason }) => reason === null);
  const lines = readable.map(({ value }) => cellsOf(value, so.columns, so.mapping));
  const context = { at: so.createdAt };
  const thing = things[so.thing];
  const verdicts =
    so.state === "trying" ? await withEarlier(tx, so.id, await thing.weigh(tx, lines, context)) : await thing.write(tx, lines, context);
  const places = new Map(readable.map((record, index) => [record, index]));
  const refused = records.flatMap((record) => {
    const verdict = record.reason === null ? verdicts[places.get(record) ?? -1] : { refused: record.reason };
    return verdict && "refused" in verdict ? [{ line: record.line, reason: verdict.refused, text: record.text }] : [];
  });
  await keepRefusals(tx, so.id, refused);
  const count = (outcome: string): number => verdicts.filter((each) => "outcome" in each && each.outcome === outcome).length;
  return { new: count("new"), changed: count("changed"), unchanged: count("unchanged"), refused: refused.length };
}

/** What would be new, but came earlier in the file, is told as it will be by then. */
async function withEarlier(tx: Tx, id: number, weights: readonly Weight[]): Promise<Verdict[]> {
  const seen = weights.flatMap((weight) => {
    if (!("outcome" in weight) || weight.outcome === "unchanged") return [];
    return weight.keys.map((key) => ({ key: uuidOf(key), content: uuidOf(weight.content) }));
  });
  const earlier = await seenBefore(tx, id, seen);
  return weights.map((weight) => {
    if (!("outcome" in weight) || weight.outcome !== "new") return weight;
    const contents = weight.keys.flatMap((key) => earlier.get(uuidOf(key)) ?? []);
    if (contents.length === 0) return weight;
    const isSame = contents.length === weight.keys.length && contents.every((each) => each === uuidOf(weight.content));
    return { outcome: isSame ? "unchanged" : "changed" };
  });
}

/** Half of a SHA-256, in the form in which Postgres keeps 16 bytes best. */
function uuidOf(text: string): string {
  const hex = hash("sha256", text).slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

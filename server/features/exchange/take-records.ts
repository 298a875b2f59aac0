import { hash } from "node:crypto";
import type { Tx } from "../../platform/db/index.ts";
import { lotsOf, type JoinedRecord, type Lot } from "./join-lines.ts";
import { namedInEach } from "./named-in.ts";
import { seenBefore, type Counts, type Import } from "./queries.ts";
import { keepRefusals, type ImportRefusal, type NewRefusal } from "./refusal-queries.ts";
import type { Verdict, Weight } from "./thing.ts";
import { things } from "./things.ts";

/** Takes in some records of a file, or weighs them in a trial; answers what became of them. Lines of one order count as one. */
export async function takeRecords(tx: Tx, so: Import, records: readonly JoinedRecord[]): Promise<Counts> {
  const lots = lotsOf(records, so);
  const given = lots.map(({ cells, itemLines, records: [first] }) => ({ cells, itemLines, line: first?.line ?? 0 }));
  const context = { at: so.createdAt, file: fileKey(so) };
  const thing = things[so.thing];
  const verdicts =
    so.state === "trying" ? await withEarlier(tx, so.id, await thing.weigh(tx, given, context)) : await thing.write(tx, given, context);
  const refused = [
    ...records.flatMap(({ line, reason, text }) => (reason === null ? [] : [{ line, reason, text }])),
    ...lots.flatMap((lot, index) => refusedOf(lot, verdicts[index])),
  ];
  await keepRefusals(tx, so.id, await withWhose(tx, so, refused, lots));
  const count = (outcome: string): number => verdicts.filter((each) => "outcome" in each && each.outcome === outcome).length;
  return { new: count("new"), changed: count("changed"), unchanged: count("unchanged"), refused: refused.length };
}

/** The same text with the same mapping, whenever it comes. */
function fileKey({ contentHash, digest, thing, mapping }: Import): string {
  return uuidOf(JSON.stringify([contentHash ?? digest, thing, mapping]));
}

/** What each refused line names, so that it goes with whoever that is. Of one that cannot be read nothing is known. */
async function withWhose(tx: Tx, so: Import, refused: readonly ImportRefusal[], lots: readonly Lot[]): Promise<NewRefusal[]> {
  const lines = new Set(refused.map(({ line }) => line));
  const read = lots.filter(({ records }) => records.some(({ line }) => lines.has(line)));
  const named = await namedInEach(
    tx,
    so.thing,
    read.map(({ cells }) => cells),
  );
  const whose = new Map(read.flatMap(({ records }, index) => records.map(({ line }) => [line, named[index] ?? []])));
  return refused.map((each) => ({ ...each, whose: whose.get(each.line) ?? [] }));
}

/** With an order all its lines are refused: the reason stands by the first. */
function refusedOf(lot: Lot, verdict: Verdict | undefined): ImportRefusal[] {
  if (verdict === undefined || !("refused" in verdict)) return lot.refused;
  const leftOut = new Set(lot.refused.map(({ line }) => line));
  const [first, ...others] = lot.records.filter(({ line }) => !leftOut.has(line));
  if (!first) return lot.refused;
  const why = `Its order, which begins in line ${first.line}, was refused.`;
  return [
    ...lot.refused,
    { line: first.line, reason: verdict.refused, text: first.text },
    ...others.map(({ line, text }) => ({ line, reason: why, text })),
  ];
}

/** What would be new, but came earlier in the file, is told as it will be by then; and so is what only adds to it. */
async function withEarlier(tx: Tx, id: number, weights: readonly Weight[]): Promise<Verdict[]> {
  const seen = weights.flatMap((weight) => {
    if (!("outcome" in weight) || weight.outcome === "unchanged") return [];
    return weight.keys.map((key) => ({ key: uuidOf(key), content: uuidOf(weight.content) }));
  });
  const adding = weights.flatMap((weight) => (weight.addsTo === undefined ? [] : [uuidOf(weight.addsTo)]));
  const earlier = await seenBefore(tx, id, seen, adding);
  return weights.map((weight) => {
    if (weight.addsTo !== undefined && earlier.has(uuidOf(weight.addsTo))) return { outcome: "changed" };
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

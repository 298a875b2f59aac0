import type { Tx } from "../../platform/db/index.ts";
import { Refusal, type Cells } from "./cells.ts";
import type { ThingName } from "./fields.ts";

export type Outcome = "new" | "changed" | "unchanged";

/** What becomes of a line. */
export type Verdict = { outcome: Outcome } | { refused: string };

/** What would become of a line, and by what it and what it says is known again. */
export type Weight = Verdict & { keys: string[]; content: string };

export interface Context {
  /** When the file came: stands for moments that it does not tell. */
  at: Date;
}

/** What a file can hold. Lines are taken many at a time, and the answers are in their order. */
export interface Thing {
  name: ThingName;
  /** What would become of each line; nothing is written. */
  weigh(tx: Tx, lines: readonly Cells[], context: Context): Promise<Weight[]>;
  /** Takes in each line. The same line twice changes nothing. */
  write(tx: Tx, lines: readonly Cells[], context: Context): Promise<Verdict[]>;
}

/** Reads lines one by one; null with the reason where one cannot be read. */
export function readEach<Read>(lines: readonly Cells[], read: (cells: Cells) => Read): { read: Read | null; refused: string }[] {
  return lines.map((cells) => {
    try {
      return { read: read(cells), refused: "" };
    } catch (error) {
      if (error instanceof Refusal) return { read: null, refused: error.message };
      throw error;
    }
  });
}

/** Goes through what could be read, all at once, and puts the answers beside the refusals, in the order of the lines. */
export async function forRead<Read, Answer>(
  lines: readonly { read: Read | null; refused: string }[],
  work: (reads: Read[]) => Promise<Answer[]>,
  refuse: (reason: string) => Answer,
): Promise<Answer[]> {
  const reads = lines.flatMap(({ read }) => (read === null ? [] : [read]));
  const answers = await work(reads);
  let next = 0;
  return lines.map(({ read, refused }) => (read === null ? refuse(refused) : (answers[next++] ?? refuse("It was passed over."))));
}

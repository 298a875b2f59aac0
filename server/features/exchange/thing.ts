import type { Tx } from "../../platform/db/index.ts";
import { Refusal, type Cells } from "./cells.ts";
import type { ThingName } from "./fields.ts";

export type Outcome = "new" | "changed" | "unchanged";

/** What becomes of a line. */
export type Verdict = { outcome: Outcome } | { refused: string };

/** What would become of a line, and by what it and what it says is known again. */
export type Weight = Verdict & {
  keys: string[];
  content: string;
  /** Of what is refused since nothing is known that it could add to: by what that is known, should it stand earlier in the file. */
  addsTo?: string;
};

export interface Context {
  /** When the file came: stands for moments that it does not tell. */
  at: Date;
  /** A hash by which the same file with the same mapping is known again. */
  file: string;
}

/** What is taken in as one: a line, or the lines of one order. */
export interface Given {
  cells: Cells;
  /** Where it begins in its file. */
  line: number;
  /** Where each of an order's items stands in the file, if each has a line of its own. */
  itemLines: readonly number[];
}

/** What a file can hold. Lines are taken many at a time, and the answers are in their order. */
export interface Thing {
  name: ThingName;
  /** What would become of each line; nothing is written. */
  weigh(tx: Tx, lines: readonly Given[], context: Context): Promise<Weight[]>;
  /** Takes in each line. The same line twice changes nothing. */
  write(tx: Tx, lines: readonly Given[], context: Context): Promise<Verdict[]>;
}

/** Reads lines one by one; null with the reason where one cannot be read. */
export function readEach<Read>(lines: readonly Given[], read: (given: Given) => Read): { read: Read | null; refused: string }[] {
  return lines.map((given) => {
    try {
      return { read: read(given), refused: "" };
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

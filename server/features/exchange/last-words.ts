import type { Tx } from "../../platform/db/index.ts";
import type { Folded } from "./fold-customers.ts";
import { withoutWords } from "./said-of.ts";
import { lastWordsOf, noteLastWords, type LastWord } from "./word-queries.ts";

/**
 * Leaves out what this very file takes back in a later line, as it is known from the time it came before: so what it says
 * in the end holds, and is not put aside for a while each time it comes again.
 */
export async function withoutTakenBack(tx: Tx, file: string, all: readonly Folded[]): Promise<Folded[]> {
  const known = await lastWordsOf(
    tx,
    file,
    all.flatMap(({ customer }) => (customer !== null && customer > 0 ? [customer] : [])),
  );
  return all.map((folded) => {
    const words = (known.get(folded.customer ?? 0) ?? []).filter(({ word, line }) => (folded.saidIn.get(word) ?? line) < line);
    if (words.length === 0) return folded;
    const traits = withoutWords(folded.sighting.traits, new Set(words.map(({ word }) => word)));
    return { ...folded, sighting: { ...folded.sighting, traits } };
  });
}

/**
 * Keeps which lines had the last word on what was said differently before, in the file or by others; and of what a line
 * could not say of its customer, that it does not say it later either, when that customer has become somebody else's person.
 */
export async function keepLastWords(
  tx: Tx,
  file: string,
  all: readonly { folded: Folded; customerId: number; replaces: readonly string[] }[],
): Promise<void> {
  const words = all.flatMap(({ folded, customerId, replaces }) =>
    [...folded.takenBack, ...replaces.map((word) => [word, folded.saidIn.get(word) ?? 0] as const)].map(([word, line]): LastWord => ({
      customerId,
      word,
      line,
    })),
  );
  await noteLastWords(tx, file, words);
}

import type { Sighting } from "../customers/index.ts";

export type Traits = Sighting["traits"];

const WORDS = ["name", "email", "phone", "locale", "timeZone"] as const;

/** What traits say, word by word: "name", "fields.colour". */
export function saidOf(traits: Traits): Map<string, unknown> {
  const said = new Map<string, unknown>();
  for (const word of WORDS) if ((traits?.[word] ?? "").trim() !== "") said.set(word, traits?.[word]);
  for (const [name, value] of Object.entries(traits?.fields ?? {})) said.set(`fields.${name}`, value);
  return said;
}

/** The same traits without some of their words. */
export function withoutWords(traits: Traits, words: ReadonlySet<string>): Traits {
  if (traits === null || words.size === 0) return traits;
  const { fields = {}, ...rest } = traits;
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !words.has(`fields.${name}`)));
  for (const word of WORDS) if (words.has(word)) rest[word] = null;
  return { ...rest, ...(Object.keys(kept).length === 0 ? {} : { fields: kept }) };
}

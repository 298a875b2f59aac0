import { standing, type Fact, type FileWords } from "./fact.ts";
import { withItemLines } from "./item-lines.ts";
import { PART_NAMES, type OrderWords, type PartName, type Parts } from "./words.ts";

type FieldFacts<Words> = { [Field in keyof Words]?: Fact<NonNullable<Words[Field]>> };
type PartFacts = { [Name in PartName]?: Record<string, FieldFacts<Omit<Parts[Name], "id">>> };

/** Each field, of the order and of each of its parts, with the newest word on it and when that was said. */
export type Facts = FieldFacts<Omit<OrderWords, PartName>> & PartFacts;

/**
 * Adds what a source said at a moment to what was known: for each field the newest word stands (last writer wins; at
 * the same moment the greater value, so that any order of arrival ends the same). Of one file the last line stands, also
 * when it comes again, and items that it tells one to a line are all the order's, wherever the lines stand.
 */
export function mergeFacts(known: Facts, words: OrderWords, at: string, from?: FileWords): Facts {
  const isByLine = words.items !== undefined && from !== undefined && from.itemLines.length > 0;
  const own = Object.entries(words).filter(([name]) => !isPartName(name) && !(isByLine && name === "items"));
  const merged = mergeFields(entriesOf(known), own, at, from);
  if (isByLine) merged.set("items", withItemLines(known.items, words.items ?? [], at, from));
  for (const name of PART_NAMES) {
    const said = words[name];
    if (said === undefined || said.length === 0) continue;
    const parts = new Map(entriesOf(known[name] ?? {}));
    for (const { id, ...fields } of said) {
      const part = mergeFields(entriesOf(parts.get(id) ?? {}), Object.entries(fields), at, from);
      parts.set(id, Object.fromEntries(part));
    }
    merged.set(name, Object.fromEntries(parts));
  }
  return Object.fromEntries(merged);
}

/** An order's parts of one sort, as they stand, by their ids. */
export function partsOf<Name extends PartName>(facts: Facts, name: Name): Parts[Name][] {
  const parts: [string, object][] = Object.entries(facts[name] ?? {});
  return parts
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, fields]) => ({
      id,
      ...Object.fromEntries(entriesOf(fields).map(([field, fact]) => [field, isFact(fact) ? fact.value : null])),
    }));
}

function mergeFields(known: [string, unknown][], said: [string, unknown][], at: string, from?: FileWords): Map<string, unknown> {
  const merged = new Map(known);
  for (const [field, value] of said) {
    if (value === undefined) continue;
    const before = merged.get(field);
    merged.set(field, isFact(before) ? standing(field, before, { value, at }, from) : { value, at });
  }
  return merged;
}

function entriesOf(object: object): [string, unknown][] {
  return Object.entries(object);
}

function isFact(value: unknown): value is Fact<unknown> {
  return typeof value === "object" && value !== null && "value" in value && "at" in value;
}

function isPartName(name: string): boolean {
  return PART_NAMES.some((each) => each === name);
}

import { isDeepStrictEqual } from "node:util";

/** What a source said of a field, and when. */
export interface Fact<T> {
  value: T;
  at: string;
  /** The line of a file that said so, kept where it took the place of another word. */
  from?: FilePlace;
  /** Of items that a file tells one to a line: in which lines. */
  lines?: number[];
}

/** Where a word stands in a file that may come again. The file is known by a hash. */
interface FilePlace {
  file: string;
  line: number;
}

/** Where in a file stands what is said. */
export interface FileWords extends FilePlace {
  /** Where each of the items stands, if each has a line of its own. */
  itemLines: readonly number[];
  /** The file tells when this was so. */
  isDated: boolean;
}

/**
 * The word on a field that stands after another one was said: the newest. At the same moment a file, which is read by
 * somebody who wants it so, stands before others; of one file the last line stands, also when it comes again.
 */
export function standing(field: string, before: Fact<unknown>, said: Pick<Fact<unknown>, "value" | "at">, from?: FileWords): Fact<unknown> {
  if (!stands(field, before, said, from)) return before;
  if (isDeepStrictEqual(before.value, said.value)) return { ...before, at: said.at };
  return from ? { ...said, from: placeOf(from) } : said;
}

/** Whether a word takes the place of the one before. */
export function stands(field: string, before: Fact<unknown>, said: Pick<Fact<unknown>, "value" | "at">, from?: FileWords): boolean {
  if (field.endsWith("NoticedAt")) return said.value === before.value ? said.at < before.at : String(said.value) < String(before.value);
  const isOwn = from !== undefined && before.from?.file === from.file;
  if (isOwn && (!from.isDated || said.at === before.at)) return from.line >= (before.from?.line ?? 0);
  if (said.at !== before.at) return said.at > before.at;
  return from !== undefined || JSON.stringify(said.value) > JSON.stringify(before.value);
}

export function placeOf({ file, line }: FilePlace): FilePlace {
  return { file, line };
}

import { WROTE } from "./words.ts";

const VERB = `(?<!\\p{L})(?:${WROTE.join("|")})(?!\\p{L})`;
const ENDS_WITH_VERB = new RegExp(`${VERB}\\s*[:：]?[\\s*_—-]*$`, "iu");
const HAS_VERB = new RegExp(VERB, "iu");
const ENDS_WITH_COLON = /[:：]\s*\**$/u;
const ADDRESS = /[^\s<>@]@[^\s<>@]/u;
/** A year, a time, a date in figures, or a day beside a word that may be a month. */
const DATE =
  /(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[:.h]\d\d|\d{1,2}[./-]\d{1,2}[./-]|\d{1,2}\.?\s(?:de\s)?\p{L}{3,}|\p{L}{3,}\.?\s\d{1,2}(?!\d)/u;

const MAX_LINES = 4;
const MAX_LENGTH = 400;
const MAX_OPENING = 25;

/** How many lines, from `start` on, are the line above a quote ("On 3 May Ada wrote:"), in any language; 0 when none. */
export function attributionLength(lines: readonly string[], start: number): number {
  if ((lines[start] ?? "").length > MAX_LENGTH) return 0;
  const first = undecorated(lines[start] ?? "");
  if (first === "" || !mayOpen(first)) return 0;
  let joined = "";
  for (let count = 1; count <= MAX_LINES; count++) {
    const line = lines[start + count - 1]?.trim();
    if (line === undefined || line === "" || (line.startsWith(">") && !leavesAddressOpen(joined))) return 0;
    joined = joined === "" ? first : `${joined} ${line}`;
    if (joined.length > MAX_LENGTH) return 0;
    if (isAttribution(joined)) return count;
  }
  return 0;
}

/** A program wrapped the line within "<ada@example.org>", so that the next one begins with ">". */
function leavesAddressOpen(joined: string): boolean {
  return joined.lastIndexOf("<") > joined.lastIndexOf(">");
}

function undecorated(line: string): string {
  return line.trim().replace(/^[-—_*\s]{1,20}/u, "");
}

/** The date stands near the start, or the writer's name and address do. */
function mayOpen(first: string): boolean {
  const date = DATE.exec(first);
  if (date !== null && date.index <= MAX_OPENING) return !/[!?]/u.test(first.slice(0, date.index));
  return ADDRESS.test(first.slice(0, 160)) && HAS_VERB.test(first);
}

function isAttribution(joined: string): boolean {
  if (!DATE.test(joined)) return false;
  if (ENDS_WITH_VERB.test(joined)) return true;
  if (!ENDS_WITH_COLON.test(joined)) return false;
  return ADDRESS.test(joined) || HAS_VERB.test(joined);
}

/**
 * How alike two words are, 0 to 1: Jaro's similarity (Jaro 1989, JASA 84, 414) with Winkler's bonus of a tenth for each
 * of the first four letters that agree (Winkler 1990, Proc. ASA Survey Research Methods, 354).
 */
export function jaroWinkler(one: string, other: string): number {
  const jaro = jaroOf(one, other);
  let prefix = 0;
  while (prefix < 4 && prefix < one.length && one[prefix] === other[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroOf(one: string, other: string): number {
  if (one === other) return one === "" ? 0 : 1;
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = Array.from({ length: other.length }, () => false);
  const matched: string[] = [];
  for (let index = 0; index < one.length; index += 1) {
    for (let at = Math.max(0, index - reach); at <= Math.min(other.length - 1, index + reach); at += 1) {
      if (taken[at] || one[index] !== other[at]) continue;
      taken[at] = true;
      matched.push(one[index] ?? "");
      break;
    }
  }
  if (matched.length === 0) return 0;
  const theirs = [...other].filter((_, at) => taken[at]);
  const transposed = matched.filter((letter, index) => letter !== theirs[index]).length / 2;
  const m = matched.length;
  return (m / one.length + m / other.length + (m - transposed) / m) / 3;
}

/** Letters and digits in lower case without accents, words parted by one blank. */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

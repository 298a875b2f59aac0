import { likeness, type Likeable, type Likeness } from "./likeness.ts";
import { plain } from "./similarity.ts";

/** Above this two customers are suggested to be one person. */
const SUGGESTED_FROM = 0.9;
/** A key that more than this many share tells nobody apart. */
const MOST_IN_BLOCK = 100;

export interface Pair<T> extends Likeness {
  one: T;
  other: T;
}

/**
 * Pairs of customers who look alike, the likeliest first. Only those are compared who share one of several keys (their
 * birthday, their phone number, parts of name and address): comparing everybody with everybody takes the square of their number.
 */
export function pairUp<T extends Likeable>(customers: readonly T[], from = SUGGESTED_FROM): Pair<T>[] {
  const blocks = new Map<string, number[]>();
  customers.forEach((customer, index) => {
    for (const key of keysOf(customer)) blocks.set(key, [...(blocks.get(key) ?? []), index]);
  });
  const seen = new Set<number>();
  const pairs: Pair<T>[] = [];
  for (const members of blocks.values()) {
    if (members.length > MOST_IN_BLOCK) continue;
    for (const [at, first] of members.entries()) {
      for (const second of members.slice(at + 1)) {
        const pair = Math.min(first, second) * customers.length + Math.max(first, second);
        const [one, other] = [customers[first], customers[second]];
        if (seen.has(pair) || !one || !other) continue;
        seen.add(pair);
        const found = likeness(one, other);
        if (found.score >= from) pairs.push({ one, other, ...found });
      }
    }
  }
  return pairs.sort((a, b) => b.score - a.score);
}

function keysOf({ name, street, city, postcode, phone, dateOfBirth }: Likeable): string[] {
  const words = plain(name ?? "")
    .split(" ")
    .filter((word) => word.length > 1);
  const place = [plain(postcode ?? ""), plain(city ?? "").slice(0, 5)].filter((part) => part !== "");
  const keys = [
    ...words.map((word) => `name ${word}`),
    ...words.flatMap((word) => place.map((part) => `name ${word.slice(0, 3)} in ${part}`)),
    ...(dateOfBirth ? [`born ${plain(dateOfBirth)}`, ...words.map((word) => `born ${plain(dateOfBirth).slice(0, 6)} ${word[0]}`)] : []),
    ...(phone ? [`phone ${plain(phone).replaceAll(" ", "").slice(-8)}`] : []),
    ...(street ? place.map((part) => `street ${plain(street).slice(0, 8)} in ${part}`) : []),
  ];
  return [...new Set(keys)];
}

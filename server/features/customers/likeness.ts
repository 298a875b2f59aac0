import { jaroWinkler, plain } from "./similarity.ts";

/** What customers are compared by, as far as it is known of them. */
export interface Likeable {
  name: string | null;
  street: string | null;
  city: string | null;
  postcode: string | null;
  phone: string | null;
  /** Digits, the year first. */
  dateOfBirth: string | null;
}

export interface Likeness {
  /** How likely they are one person, 0 to 1. */
  score: number;
  reasons: string[];
}

interface Level {
  /** Evidence for one person in bits: log2 of how much likelier this is of one person than of two (Fellegi and Sunter 1969). */
  bits: number;
  reason: string | null;
}

/** Of two customers taken at random hardly ever are two one person: about one in ten million pairs. */
const PRIOR_BITS = -15;

/**
 * How likely two customers are one person: each field says by how much it speaks for or against it, and what is not
 * known says nothing. The bits are judgements from how often people share a name, a street or a birthday.
 */
export function likeness(one: Likeable, other: Likeable): Likeness {
  const levels = [
    names(one.name, other.name),
    words("street", one.street, other.street, { same: 9, near: 7, apart: -3 }),
    words("town", one.city, other.city, { same: 5, near: 4, apart: -2 }),
    numbers("postcode", one.postcode, other.postcode, { same: 7, near: 3.5, apart: -2.5 }),
    numbers("phone number", one.phone, other.phone, { same: 14, near: 6, apart: -1 }),
    numbers("date of birth", one.dateOfBirth, other.dateOfBirth, { same: 12, near: 7, apart: -4 }),
  ];
  const bits = PRIOR_BITS + levels.reduce((sum, level) => sum + level.bits, 0) + (areRelatives(one, other) ? RELATIVES_BITS : 0);
  return { score: 1 / (1 + 2 ** -bits), reasons: levels.flatMap(({ reason }) => reason ?? []) };
}

/** One family under one roof: a part of the name is another, and so is the birthday. */
const RELATIVES_BITS = -7;

function areRelatives(one: Likeable, other: Likeable): boolean {
  const [a, b] = [wordsOf(one.name), wordsOf(other.name)];
  const differ = a.length > 1 && b.length > 1 && a.some((word) => b.every((each) => jaroWinkler(word, each) <= 0.8));
  return differ && numbers("", one.dateOfBirth, other.dateOfBirth, { same: 0, near: 0, apart: -1 }).bits < 0;
}

const NOTHING: Level = { bits: 0, reason: null };

interface Weights {
  same: number;
  near: number;
  apart: number;
}

/** A name's words are compared in whichever order makes them most alike: first and last names change places. */
function names(one: string | null, other: string | null): Level {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length === 0 || b.length === 0) return NOTHING;
  const [few, many] = a.length <= b.length ? [a, [...b]] : [b, [...a]];
  let bits = 0;
  let alike = 0;
  for (const word of few) {
    const best = many
      .map((each) => jaroWinkler(word, each))
      .reduce((most, value, index, all) => (value > (all[most] ?? 0) ? index : most), 0);
    const value = jaroWinkler(word, many[best] ?? "");
    many.splice(best, 1);
    bits += value > 0.99 ? 7 : value > 0.9 ? 5.5 : value > 0.8 ? 3 : -2.5;
    if (value > 0.8) alike += 1;
  }
  if (alike === 0) return { bits, reason: null };
  return { bits, reason: plain(one ?? "") === plain(other ?? "") ? "The same name" : "Names much alike" };
}

function wordsOf(text: string | null): string[] {
  return plain(text ?? "")
    .split(" ")
    .filter((word) => word !== "");
}

function words(what: string, one: string | null, other: string | null, weights: Weights): Level {
  const [a, b] = [plain(one ?? ""), plain(other ?? "")];
  if (a === "" || b === "") return NOTHING;
  return graded(what, jaroWinkler(a, b), 0.88, weights);
}

/** One digit wrong, left out, or two that changed places. */
function numbers(what: string, one: string | null, other: string | null, weights: Weights): Level {
  const [a, b] = [digits(one), digits(other)];
  if (a === "" || b === "") return NOTHING;
  return graded(what, a === b ? 1 : jaroWinkler(a, b) * (sameLetters(a, b) >= a.length - 2 ? 1 : 0), 0.85, weights);
}

function graded(what: string, value: number, near: number, weights: Weights): Level {
  if (value > 0.999) return { bits: weights.same, reason: `The same ${what}` };
  return value > near ? { bits: weights.near, reason: `Nearly the same ${what}` } : { bits: weights.apart, reason: null };
}

function digits(text: string | null): string {
  return plain(text ?? "").replaceAll(" ", "");
}

function sameLetters(one: string, other: string): number {
  const rest = [...other];
  return [...one].filter((letter) => {
    const at = rest.indexOf(letter);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
}

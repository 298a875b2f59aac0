import { invalid } from "../../platform/errors.ts";

const FIRST = Date.UTC(1970, 0, 1);
const LAST = Date.UTC(2200, 0, 1);

/** A moment as ISO 8601 in UTC; undefined when there is none, or none in which anything is ordered. */
export function readMoment(text: string | null | undefined): string | undefined {
  const moment = new Date(text ?? Number.NaN);
  const isReal = moment.getTime() >= FIRST && moment.getTime() < LAST;
  return isReal ? moment.toISOString() : undefined;
}

/** The same for those who can be told of a mistake. @throws Problem 400 */
export function expectMoment(name: string, text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  const moment = readMoment(text);
  if (moment === undefined) throw invalid(`${name} is not a moment between the years 1970 and 2200.`);
  return moment;
}

const MOST = 1e12;

/** A sum of money that can be kept. @throws Problem 400 */
export function expectSum(name: string, sum: number): number {
  if (Number.isNaN(sum)) throw invalid(`${name} is not a number.`);
  if (Math.abs(sum) >= MOST) throw invalid(`${name} is too large.`);
  return sum;
}

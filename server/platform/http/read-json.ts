import { invalid } from "../errors.ts";
import { DEEPEST, isDeeperThan } from "./depth.ts";
import { storable } from "./storable-text.ts";

/** What JSON bytes say, by the rules for every other body: not too deep, and fit to be kept. @throws Problem 400 */
export function readJson(bytes: Buffer): unknown {
  const value = parse(bytes);
  if (isDeeperThan(value, DEEPEST)) throw invalid(`The body is nested more than ${DEEPEST} levels deep.`);
  return storable(value);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw invalid("The body is not JSON.");
  }
}

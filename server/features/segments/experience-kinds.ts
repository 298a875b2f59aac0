import { listeners } from "../experience/index.ts";

/** Kinds after which the score or the risk of a customer may have changed. */
export function experienceKinds(): readonly string[] {
  return [...listeners.flatMap((listener) => listener.kinds), "experience.at-risk", "experience.recovered"];
}

import type { FastifyInstance } from "fastify";
import { invalid } from "../errors.ts";

export const DEEPEST = 40;

/** Bodies nested deeper than anything we accept are refused before they are validated or stored. */
export function refuseDeepBodies(app: FastifyInstance): void {
  app.addHook("preValidation", async (request) => {
    if (isDeeperThan(request.body, DEEPEST)) throw invalid(`The body is nested more than ${DEEPEST} levels deep.`);
  });
}

/** Walks level by level, so that the depth of the value cannot exhaust the stack. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap(childrenOf);
  }
  return false;
}

function childrenOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null || Buffer.isBuffer(value)) return [];
  return Object.values(value).filter((child) => typeof child === "object" && child !== null);
}

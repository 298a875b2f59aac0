import { walkIdentities } from "../customers/index.ts";
import { anywhere } from "../../platform/db/index.ts";
import { log } from "../../platform/log.ts";
import { eraseAgain } from "./erase-person.ts";
import { hashOf, readLedger, type Line } from "./ledger.ts";
import { unknownErasures } from "./queries.ts";

/**
 * A restored database may hold again who was erased since. Before anything is served, what the ledger knows and the
 * database does not is erased once more. Answers how many persons that were.
 */
export async function eraseRestored(): Promise<number> {
  const ledger = await readLedger();
  const unknown = await unknownErasures(
    anywhere(),
    ledger.map((line) => line.id),
  );
  const wanted = new Map(ledger.filter((line) => unknown.has(line.id)).flatMap((line) => line.hashes.map((hash) => [hash, line] as const)));
  if (wanted.size === 0) return 0;
  const persons = new Map<number, Line>();
  for await (const identity of walkIdentities()) {
    const line = wanted.get(hashOf(identity.workspaceId, identity));
    // Who came back after the erasure is somebody new.
    if (line && identity.firstSeenAt < new Date(line.erasedAt)) persons.set(identity.customerId, line);
  }
  for (const [customerId, line] of persons) await eraseAgain(customerId, line);
  if (persons.size > 0)
    log.warn("persons who had been erased were in a restored database; they are erased again", { persons: persons.size });
  return persons.size;
}

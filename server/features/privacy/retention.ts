import { audit, authorize, type Actor, type Retention } from "../access/index.ts";
import { now } from "../../platform/clock.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { removeFiles } from "./erase-person.ts";
import { allRetention, saveRetention } from "./queries.ts";

const DAY_MS = 86_400_000;
const AT_ONCE = 1000;

let kinds: Readonly<Record<string, Retention>> = {};

/** Called once by server/app: what each room can forget when it grows old. */
export function holdRetention(all: Readonly<Record<string, Retention>>): void {
  kinds = all;
}

export function retentionKinds(): Readonly<Record<string, Retention>> {
  return kinds;
}

/** @param days null: keep for ever. @throws Problem 400 when there is no such kind */
export async function changeRetention(actor: Actor, kind: string, days: number | null): Promise<void> {
  authorize(actor, "privacy:write");
  if (!(kind in kinds)) throw invalid(`There is no kind of data "${kind}". There are: ${Object.keys(kinds).join(", ")}.`);
  await transaction(actor, async (tx) => {
    await saveRetention(tx, kind, days);
    await audit(tx, actor, { action: "privacy.retention", subject: publicId("wsp", tx.workspaceId), after: { kind, days } });
  });
}

/** Forgets what is older than the rules of each workspace say. Answers how much that was. */
export async function forgetOld(): Promise<number> {
  let count = 0;
  for (const { workspaceId, kind, days } of await allRetention(anywhere())) {
    const before = new Date(now().getTime() - days * DAY_MS);
    for (let more = true; more;) {
      const forgotten = await transaction(
        { workspaceId },
        async (tx) => (await kinds[kind]?.forget(tx, before, AT_ONCE)) ?? { count: 0, files: [], more: false },
      );
      await removeFiles(forgotten.files);
      count += forgotten.count;
      more = forgotten.more;
    }
  }
  return count;
}

import { betweenDigests } from "../interactions/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { factsOf, type Fact } from "./condition.ts";
import { expand, type Named } from "./expand.ts";
import { dropFacts, dropStates } from "./gathering-queries.ts";
import { namedIn } from "./named.ts";
import { listSegments, lockDefinitions, type Segment } from "./queries.ts";

/** Forgets what no segment of a workspace asks for any more. */
export async function forgetFacts(who: { workspaceId: number }): Promise<void> {
  const gone = await transaction(who, async (tx) => {
    await lockDefinitions(tx);
    await betweenDigests(tx);
    const named = await namedIn(tx);
    return dropFacts(
      tx,
      (await listSegments(tx)).flatMap((segment) => neededBy(segment, named)),
    );
  });
  if (gone.length > 0) await transaction(who, (tx) => dropStates(tx, gone));
}

/** After whatever is being computed: that may need them. */
export async function forgetFactsSoon(tx: Tx): Promise<void> {
  const { workspaceId } = tx;
  await enqueue(
    tx,
    "segments.forget-facts",
    { workspaceId },
    { key: `segments.forget-facts:${workspaceId}`, queue: `segments:${workspaceId}` },
  );
}

function neededBy({ kept, where }: Segment, named: Named): Fact[] {
  return [...(kept === null ? [] : factsOf(kept)), ...factsOf(expand(where, named))];
}

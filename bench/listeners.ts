import { sql } from "kysely";
import { assembleRooms } from "../server/app/rooms.ts";
import { allListeners, digestAll, listenerStates, newestPosition, record } from "../server/features/interactions/index.ts";
import { anywhere, transaction } from "../server/platform/db/index.ts";
import { type Measure, rounded } from "./bench.ts";
import { life } from "./life.ts";

const count = 200_000;
const batchSize = 2_000;

/** All listeners of all rooms take in a log of 200,000 interactions; the limit is reading it in like batches, and nothing else. */
export const listeners: Measure = async ({ workspaceId }) => {
  assembleRooms({ publicUrl: "http://localhost" });
  for (let from = 0; from < count; from += batchSize) await transaction({ workspaceId }, (tx) => record(tx, life(from, batchSize)));
  await sql`analyze`.execute(anywhere().db);
  const limit = count / (await seconds(readBare));
  const value = count / (await seconds(() => digestAll()));
  const [{ setAside = 0 } = {}] = await listenerStates(anywhere());
  return [
    {
      measure: "listeners",
      value: rounded(value),
      unit: "interactions/s",
      limit: rounded(limit),
      wanted: "at least 10000 interactions/s",
      met: value >= 10_000 && setAside === 0,
      interactions: count,
      listeners: allListeners().map(({ name }) => name),
      setAside,
    },
  ];
};

async function readBare(): Promise<void> {
  const newest = await newestPosition(anywhere());
  for (let after = 0; after < newest;) {
    const { rows } = await sql<{
      position: number;
    }>`select * from interactions where position > ${after} order by position limit 1000`.execute(anywhere().db);
    after = rows.at(-1)?.position ?? newest;
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

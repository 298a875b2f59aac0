import { Transaction } from "kysely";
import type { Listener } from "../interactions/index.ts";
import { enqueueComputing } from "./compute-segment.ts";
import { startAnew } from "./gathering-queries.ts";
import { registryIn } from "./registry.ts";
import { takeIn } from "./take-in.ts";

export const listeners: Listener[] = [
  {
    name: "segments.members",
    floor: 6.5,
    kinds: [],
    kindsNow: async (tx) => (await registryIn(tx)).kinds,
    readsContext: async (tx) => (await registryIn(tx)).readsContext,
    handle: takeIn,
    clear: async ({ db }) => {
      if (!(db instanceof Transaction)) throw new Error("segments are cleared within a transaction");
      for (const segment of await startAnew({ db })) await enqueueComputing({ db }, segment);
    },
  },
];

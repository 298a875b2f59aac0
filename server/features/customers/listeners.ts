import type { Listener } from "../interactions/index.ts";
import { markRisk } from "./queries.ts";

/** Remembers who is at risk, so that whoever looks a customer up knows it at once. */
export const listeners: Listener[] = [
  {
    name: "customers.risk",
    floor: 2,
    kinds: ["experience.at-risk", "experience.recovered"],
    handle: async (tx, batch) => {
      for (const each of batch) await markRisk(tx.within(each.workspaceId), each.customerId, each.kind === "experience.at-risk");
    },
    clear: async () => undefined,
  },
];

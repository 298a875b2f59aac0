import type { Listener } from "../interactions/index.ts";
import { markRisk } from "./queries.ts";

/** When a customer comes to be at risk, or no longer is, their open conversations move in the inbox. */
export const listeners: Listener[] = [
  {
    name: "conversations.risk",
    floor: 4,
    kinds: ["experience.at-risk", "experience.recovered"],
    handle: async (tx, batch) => {
      for (const each of batch) await markRisk(tx.within(each.workspaceId), each.customerId, each.kind === "experience.at-risk");
    },
    clear: async () => undefined,
  },
];

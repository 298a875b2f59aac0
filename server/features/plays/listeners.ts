import type { Listener, ListenerTx, Interaction } from "../interactions/index.ts";
import { dropProposalFor, proposeApology } from "./propose-apology.ts";

/** An apology for what was late days ago would only puzzle: imports and the sample's past propose nothing. */
const OLD_NEWS_MS = 3 * 86_400_000;

export const listeners: Listener[] = [
  {
    name: "plays.late-delivery",
    floor: 7,
    kinds: ["order.late", "order.not-late", "order.cancelled"],
    handle: async (tx, batch) => {
      for (const each of batch) await take(tx, each);
    },
    clear: async () => undefined,
  },
];

async function take(everywhere: ListenerTx, each: Interaction): Promise<void> {
  if (each.orderId === null) return;
  const tx = everywhere.within(each.workspaceId);
  if (each.kind !== "order.late") return dropProposalFor(tx, each.orderId);
  if (everywhere.now.getTime() - each.occurredAt.getTime() < OLD_NEWS_MS) await proposeApology(tx, each.orderId);
}

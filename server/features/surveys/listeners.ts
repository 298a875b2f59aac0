import { randomBytes } from "node:crypto";
import { enqueue } from "../../platform/jobs/index.ts";
import { findConversation } from "../conversations/index.ts";
import type { Interaction, Listener, ListenerTx } from "../interactions/index.ts";
import { insertAsk } from "./queries.ts";

/** When a conversation in which somebody was helped is closed, they are asked how it was. */
export const listeners: Listener[] = [
  {
    name: "surveys.ask",
    floor: 5,
    kinds: ["conversation.closed"],
    handle: async (tx, batch) => {
      for (const each of batch) await planAsk(tx, each);
    },
    clear: async () => undefined,
  },
];

/** The sample's past and anything else that is old news is not asked about. */
const OLD_NEWS_MS = 24 * 3_600_000;

async function planAsk(everywhere: ListenerTx, closed: Interaction): Promise<void> {
  if (closed.conversationId === null || everywhere.now.getTime() - closed.occurredAt.getTime() > OLD_NEWS_MS) return;
  const tx = everywhere.within(closed.workspaceId);
  const conversation = await findConversation(tx, closed.conversationId);
  if (!conversation || conversation.firstResponseAt === null || conversation.lastInboundId === 0) return;
  const askId = await insertAsk(tx, {
    conversationId: conversation.id,
    customerId: conversation.customerId,
    memberId: conversation.assigneeId ?? closed.memberId,
    token: randomBytes(18).toString("base64url"),
  });
  if (askId !== null) await enqueue(tx, "surveys.ask", { workspaceId: tx.workspaceId, askId });
}

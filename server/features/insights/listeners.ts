import type { Interaction, Listener, ListenerTx } from "../interactions/index.ts";
import { contactOf, conversationAfter, orderAfter, type ConversationFact, type OrderFact } from "./facts.ts";
import { conversationFactsIn, dropAll, orderFactsIn, saveContactFacts, saveConversationFacts, saveOrderFacts } from "./queries.ts";

const CONVERSATION_KINDS = [
  "conversation.opened",
  "message.received",
  "message.sent",
  "conversation.closed",
  "conversation.reopened",
  "survey.sent",
  "survey.withheld",
  "survey.answered",
  "survey.voided",
];
const ORDER_KINDS = ["order.placed", "order.shipped", "order.delivered", "order.late", "order.not-late", "order.cancelled"];

/** Keeps what the board counts. */
export const listeners: Listener[] = [
  {
    name: "insights.facts",
    floor: 7,
    kinds: [...CONVERSATION_KINDS, ...ORDER_KINDS],
    handle: async (tx, batch) => {
      await takeConversations(
        tx,
        batch.filter((each) => each.conversationId !== null && CONVERSATION_KINDS.includes(each.kind)),
      );
      await takeOrders(
        tx,
        batch.filter((each) => each.orderId !== null && ORDER_KINDS.includes(each.kind)),
      );
      await saveContactFacts(
        tx,
        batch.flatMap((each) => contactOf(each) ?? []),
      );
    },
    clear: dropAll,
  },
];

async function takeConversations(tx: ListenerTx, batch: readonly Interaction[]): Promise<void> {
  if (batch.length === 0) return;
  const ids = [...new Set(batch.flatMap((each) => each.conversationId ?? []))].sort((a, b) => a - b);
  const facts = new Map<number, ConversationFact>((await conversationFactsIn(tx, ids)).map((fact) => [fact.conversationId, fact]));
  for (const each of batch) {
    const after = conversationAfter(facts.get(each.conversationId ?? 0) ?? null, each);
    if (after) facts.set(after.conversationId, after);
  }
  await saveConversationFacts(
    tx,
    ids.flatMap((id) => facts.get(id) ?? []),
  );
}

async function takeOrders(tx: ListenerTx, batch: readonly Interaction[]): Promise<void> {
  if (batch.length === 0) return;
  const ids = [...new Set(batch.flatMap((each) => each.orderId ?? []))].sort((a, b) => a - b);
  const facts = new Map<number, OrderFact>((await orderFactsIn(tx, ids)).map((fact) => [fact.orderId, fact]));
  for (const each of batch) {
    const after = orderAfter(facts.get(each.orderId ?? 0) ?? null, each);
    if (after) facts.set(after.orderId, after);
  }
  await saveOrderFacts(
    tx,
    ids.flatMap((id) => facts.get(id) ?? []),
  );
}

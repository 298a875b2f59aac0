import type { LiveInteraction } from "../../../sdk/index.ts";

/** A part of what the screens hold, by the beginning of its key. */
export type StaleKey = readonly string[];

/** What of the screens is out of date after these interactions, each named once. */
export function staleKeys(items: readonly LiveInteraction[]): StaleKey[] {
  const keys = new Map<string, StaleKey>();
  const add = (...key: string[]): void => void keys.set(key.join("/"), key);

  for (const item of items) {
    if (item.conversationId) {
      add("conversations", "list");
      add("conversations", "counts");
      add("conversations", "one", item.conversationId);
      add("conversations", "messages", item.conversationId);
    }
    if (item.customerId) {
      add("customers", "list");
      add("customers", "one", item.customerId);
      add("customers", "timeline", item.customerId);
      add("customers", "experience", item.customerId);
      if (item.kind.startsWith("segment.")) add("customers", "segments", item.customerId);
      if (item.kind === "customer.merged" || item.kind === "customer.unmerged") add("customers", "merges", item.customerId);
      if (item.kind.startsWith("consent.")) add("customers", "consents", item.customerId);
      if (item.orderId) add("customers", "orders", item.customerId);
    }
    if (item.kind.startsWith("play.") || item.kind.startsWith("order.") || item.kind.startsWith("proposal.")) {
      add("proposals");
      add("conversations", "counts");
    }
    if (item.kind.startsWith("score.") || item.kind.startsWith("experience.")) add("conversations", "list");
    if (item.kind.startsWith("segment.")) add("segments");
    add("board");
  }
  return [...keys.values()];
}

import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Conversation, Page } from "../../../../sdk/index.ts";

type Pages = InfiniteData<Page<Conversation>>;

/** Changes a conversation wherever a screen shows it, before the server has answered. */
export function patchConversation(client: QueryClient, id: string, change: Partial<Conversation>): void {
  client.setQueriesData<Pages>({ queryKey: ["conversations", "list"] }, (data) =>
    mapItems(data, (item) => (item.id === id ? { ...item, ...change } : item)),
  );
  client.setQueryData<Conversation>(["conversations", "one", id], (data) => data && { ...data, ...change });
}

/** Takes a conversation out of the lists that it no longer belongs to. */
export function removeConversation(client: QueryClient, id: string, from: (list: readonly unknown[]) => boolean): void {
  for (const query of client.getQueryCache().findAll({ queryKey: ["conversations", "list"] })) {
    if (!from(query.queryKey)) continue;
    client.setQueryData<Pages>(
      query.queryKey,
      (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })) },
    );
  }
}

/** Everything of a conversation is asked for again. */
export function refetchConversation(client: QueryClient, id: string): void {
  for (const part of [["list"], ["counts"], ["one", id], ["messages", id]]) {
    void client.invalidateQueries({ queryKey: ["conversations", ...part] });
  }
}

function mapItems(data: Pages | undefined, change: (item: Conversation) => Conversation): Pages | undefined {
  return data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
}

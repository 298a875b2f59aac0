import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type { Conversation } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { customerQuery, experienceQuery, ordersQuery } from "../customers/queries.ts";
import { viewQuery } from "./views.ts";
import type { View } from "./views.ts";

/** A page at a time, newest or most urgent first, as the API orders them. */
export const conversationsQuery = (view: View, query: string) =>
  infiniteQueryOptions({
    queryKey: ["conversations", "list", view, query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/conversations", {
          params: { query: { ...viewQuery(view), ...(query ? { query } : {}), ...(pageParam ? { cursor: pageParam } : {}), limit: 50 } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const countsQuery = queryOptions({
  queryKey: ["conversations", "counts"],
  queryFn: () => answer(api.GET("/api/v1/conversations/counts")),
});

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ["conversations", "one", id],
    queryFn: () => answer(api.GET("/api/v1/conversations/{id}", { params: { path: { id } } })),
  });

/** Earlier messages come page by page before the newest. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["conversations", "messages", id],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/conversations/{id}/messages", {
          params: { path: { id }, query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** Fetches what opening a conversation will show, so that the next key is answered at once. */
export function prefetchConversation(client: QueryClient, { id, customer }: Conversation): void {
  void client.prefetchQuery(conversationQuery(id));
  void client.prefetchInfiniteQuery(messagesQuery(id));
  void client.prefetchQuery(customerQuery(customer.id));
  void client.prefetchQuery(experienceQuery(customer.id));
  void client.prefetchQuery(ordersQuery(customer.id));
}

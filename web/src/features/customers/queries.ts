import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";

export type CustomerSort = "lastHeard" | "since" | "name" | "score";
export interface CustomerListing {
  query?: string;
  segment?: string;
  sort?: CustomerSort;
}

export const customersQuery = ({ query, segment, sort }: CustomerListing) =>
  infiniteQueryOptions({
    queryKey: ["customers", "list", query ?? "", segment ?? "", sort ?? ""],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/customers", {
          params: {
            query: {
              ...(query ? { query } : {}),
              ...(segment ? { segment } : {}),
              ...(sort ? { sort } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
              limit: 50,
            },
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "one", id],
    queryFn: () => answer(api.GET("/api/v1/customers/{id}", { params: { path: { id } } })),
  });

export const experienceQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "experience", id],
    queryFn: () => answer(api.GET("/api/v1/customers/{id}/experience", { params: { path: { id } } })),
  });

export const ordersQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "orders", id],
    queryFn: () => answer(api.GET("/api/v1/customers/{id}/orders", { params: { path: { id } } })),
  });

export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "consents", id],
    queryFn: () => answer(api.GET("/api/v1/customers/{id}/consents", { params: { path: { id } } })),
  });

export interface TimelineFilter {
  kind?: string;
  initiative?: "reactive" | "proactive";
  stage?: string;
  channel?: string;
}

export const timelineQuery = (id: string, filter: TimelineFilter) =>
  infiniteQueryOptions({
    queryKey: ["customers", "timeline", id, filter],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/customers/{id}/timeline", {
          params: { path: { id }, query: { ...filter, limit: 200, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const mergesQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "merges", id],
    queryFn: () => answer(api.GET("/api/v1/customers/{id}/merges", { params: { path: { id } } })),
  });

export const findCustomersQuery = (words: string) =>
  queryOptions({
    queryKey: ["customers", "find", words],
    queryFn: () => answer(api.GET("/api/v1/customers", { params: { query: { query: words, limit: 8 } } })),
    enabled: words.trim() !== "",
  });

export const suggestionsQuery = queryOptions({
  queryKey: ["customers", "suggestions"],
  queryFn: () => answer(api.GET("/api/v1/merge-suggestions", { params: { query: { limit: 100 } } })),
});

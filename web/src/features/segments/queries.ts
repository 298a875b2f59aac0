import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";
import type { Where } from "./conditions.ts";

const WHILE_COMPUTING_MS = 1500;

export const segmentsQuery = queryOptions({
  queryKey: ["segments", "list"],
  queryFn: () => answer(api.GET("/api/v1/segments")),
  refetchInterval: ({ state }) => (state.data?.items.some((each) => each.state === "computing") ? WHILE_COMPUTING_MS : 10_000),
});

export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ["segments", "one", id],
    queryFn: () => answer(api.GET("/api/v1/segments/{id}", { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === "computing" ? WHILE_COMPUTING_MS : 10_000),
  });

export const membersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["segments", "members", id],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/segments/{id}/members", {
          params: { path: { id }, query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** Who that would be now; asked again while the conditions change. */
export const previewQuery = (where: Where, isWhole: boolean) =>
  queryOptions({
    queryKey: ["segments", "preview", where],
    queryFn: () => answer(api.POST("/api/v1/segments/preview", { body: { where } })),
    enabled: isWhole,
    placeholderData: keepPreviousData,
    staleTime: 5000,
    retry: false,
  });

export const segmentsOfQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customers", "segments", customerId],
    queryFn: () => answer(api.GET("/api/v1/customers/{id}/segments", { params: { path: { id: customerId } } })),
  });

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";

const LIVE_MS = 2000;

export const sourcesQuery = queryOptions({
  queryKey: ["sources", "list"],
  queryFn: () => answer(api.GET("/api/v1/sources")),
  refetchInterval: LIVE_MS * 5,
});

/** What arrives, as it arrives. */
export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ["sources", "one", id],
    queryFn: () => answer(api.GET("/api/v1/sources/{id}", { params: { path: { id } } })),
    refetchInterval: LIVE_MS,
  });

export const refusalsQuery = (id: string) =>
  queryOptions({
    queryKey: ["sources", "refusals", id],
    queryFn: () => answer(api.GET("/api/v1/sources/{id}/refusals", { params: { path: { id }, query: { limit: 200 } } })),
    refetchInterval: LIVE_MS * 5,
  });

export const mappingsQuery = queryOptions({
  queryKey: ["event-mappings"],
  queryFn: () => answer(api.GET("/api/v1/event-mappings")),
});

export const touchpointsQuery = queryOptions({
  queryKey: ["touchpoints"],
  queryFn: () => answer(api.GET("/api/v1/touchpoints")),
});

export const hooksQuery = queryOptions({ queryKey: ["hooks"], queryFn: () => answer(api.GET("/api/v1/hooks")) });

export const hookQuery = (id: string) =>
  queryOptions({
    queryKey: ["hooks", "one", id],
    queryFn: () => answer(api.GET("/api/v1/hooks/{id}", { params: { path: { id } } })),
    refetchInterval: LIVE_MS,
  });

/** The last bodies that came, as they were when somebody began to look: what is tried does not change meanwhile. */
export const hookBodiesQuery = (id: string) =>
  queryOptions({
    queryKey: ["hooks", "bodies", id],
    queryFn: () => answer(api.GET("/api/v1/hooks/{id}/bodies", { params: { path: { id } } })),
    refetchOnWindowFocus: false,
  });

export const hookRefusalsQuery = (id: string) =>
  queryOptions({
    queryKey: ["hooks", "refusals", id],
    queryFn: () => answer(api.GET("/api/v1/hooks/{id}/refusals", { params: { path: { id }, query: { limit: 200 } } })),
    refetchInterval: LIVE_MS * 5,
  });

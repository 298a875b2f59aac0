import { queryOptions } from "@tanstack/react-query";
import { refusalOf, type Answer } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";

const AT_WORK_MS = 700;

export type Import = Answer<"listImports">["items"][number];
export type Thing = Import["thing"];

const isAtWork = (each: Import): boolean => each.state === "trying" || each.state === "running";

export const importsQuery = queryOptions({
  queryKey: ["imports", "list"],
  queryFn: () => answer(api.GET("/api/v1/imports", { params: { query: { limit: 50 } } })),
  refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? AT_WORK_MS * 2 : false),
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", "one", id],
    queryFn: () => answer(api.GET("/api/v1/imports/{id}", { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? AT_WORK_MS : false),
  });

export const fieldsQuery = (thing: Thing) =>
  queryOptions({
    queryKey: ["imports", "fields", thing],
    queryFn: () => answer(api.GET("/api/v1/import-fields", { params: { query: { thing } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const refusedQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", "refused", id],
    queryFn: () => answer(api.GET("/api/v1/imports/{id}/refused", { params: { path: { id }, query: { limit: 20 } } })),
  });

/** Sends a file; answers with the id of its import. */
export async function uploadImport(thing: Thing, file: File): Promise<string> {
  const query = new URLSearchParams({ thing, name: file.name });
  const response = await fetch(`/api/v1/imports?${query.toString()}`, {
    method: "POST",
    body: file,
    headers: { "content-type": "application/octet-stream" },
  }).catch(() => null);
  if (!response) throw refusalOf(0, { detail: "The server did not answer." });
  const told: unknown = await response.json().catch(() => null);
  if (!response.ok || typeof told !== "object" || told === null || !("id" in told)) throw refusalOf(response.status, told);
  return String(told.id);
}

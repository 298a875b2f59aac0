import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";

export interface Period {
  from?: string;
  to?: string;
}

export const boardQuery = (period: Period) =>
  queryOptions({
    queryKey: ["board", period.from ?? "", period.to ?? ""],
    queryFn: () => answer(api.GET("/api/v1/insights/board", { params: { query: period } })),
    placeholderData: keepPreviousData,
  });

export const metricRowsQuery = (key: string, period: Period) =>
  queryOptions({
    queryKey: ["board", "rows", key, period.from ?? "", period.to ?? ""],
    queryFn: () => answer(api.GET("/api/v1/insights/metrics/{key}/rows", { params: { path: { key }, query: period } })),
  });

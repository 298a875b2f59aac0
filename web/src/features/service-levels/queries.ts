import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";

/** Asked again every minute, for it says whether it is open now. */
export const serviceLevelQuery = queryOptions({
  queryKey: ["service-level"],
  queryFn: () => answer(api.GET("/api/v1/service-level")),
  refetchInterval: 60_000,
});

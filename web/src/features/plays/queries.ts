import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";

export const proposalsQuery = queryOptions({
  queryKey: ["proposals"],
  queryFn: () => answer(api.GET("/api/v1/proposals", { params: { query: { state: "proposed" } } })),
});

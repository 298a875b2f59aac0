import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { LedgerEntry } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";

export const addressesQuery = queryOptions({ queryKey: ["mail", "addresses"], queryFn: () => answer(api.GET("/api/v1/mail/addresses")) });

export const accountsQuery = queryOptions({ queryKey: ["mail", "accounts"], queryFn: () => answer(api.GET("/api/v1/mail/accounts")) });

export const ledgerQuery = (outcome: "" | LedgerEntry["outcome"]) =>
  infiniteQueryOptions({
    queryKey: ["mail", "ledger", outcome],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/mail/ledger", {
          params: { query: { ...(outcome ? { outcome } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

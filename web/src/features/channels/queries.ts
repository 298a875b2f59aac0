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

/** What we wrote that has not reached anybody. */
export const notSentQuery = queryOptions({
  queryKey: ["mail", "deliveries", "not-sent"],
  queryFn: async () => {
    const [kept, failed] = await Promise.all(
      (["kept", "failed"] as const).map((state) => answer(api.GET("/api/v1/mail/deliveries", { params: { query: { state, limit: 20 } } }))),
    );
    return { kept: kept?.items ?? [], failed: failed?.items ?? [] };
  },
});

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../shell/api.ts";

/** Customers whose name or address holds the words. */
export const customersFound = (words: string) =>
  queryOptions({
    queryKey: ["find", "customers", words],
    queryFn: async () => (await answer(api.GET("/api/v1/customers", { params: { query: { query: words, limit: 6 } } }))).items.slice(0, 6),
    enabled: words.trim().length > 1,
    placeholderData: keepPreviousData,
  });

/** Conversations of any state that hold the words. */
export const conversationsFound = (words: string) =>
  queryOptions({
    queryKey: ["find", "conversations", words],
    queryFn: async () =>
      (await answer(api.GET("/api/v1/conversations", { params: { query: { query: words, limit: 6 } } }))).items.slice(0, 6),
    enabled: words.trim().length > 1,
    placeholderData: keepPreviousData,
  });

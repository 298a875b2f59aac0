import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Refusal } from "../../../../sdk/index.ts";
import type { Session } from "../../../../sdk/index.ts";
import { answer, api, postAuth } from "../../shell/api.ts";

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<Session | null> => {
    try {
      const { member, ...rest } = await answer(api.GET("/api/v1/session"));
      return member && { ...rest, member };
    } catch (error) {
      if (error instanceof Refusal && (error.status === 401 || error.status === 403)) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** Whether the very first member has still to be made. */
export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: () => answer(api.GET("/api/v1/setup")),
  staleTime: Infinity,
});

/** The session of a screen that is only shown when there is one. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error("This screen needs a member who is signed in.");
  return data;
}

/** Whether the member may do something. */
export function useMay(permission: string): boolean {
  return useSession().permissions.includes(permission);
}

/** Signs out, and forgets everything that was shown. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await postAuth("sign-out").catch(() => null);
    client.clear();
    window.location.assign("/");
  };
}

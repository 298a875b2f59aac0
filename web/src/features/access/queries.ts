import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";

export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: () => answer(api.GET("/api/v1/members")),
  staleTime: 60_000,
});

export const keysQuery = queryOptions({ queryKey: ["keys"], queryFn: () => answer(api.GET("/api/v1/keys")) });

export const workspaceQuery = queryOptions({
  queryKey: ["workspace"],
  queryFn: () => answer(api.GET("/api/v1/workspace")),
});

export const auditQuery = queryOptions({ queryKey: ["audit"], queryFn: () => answer(api.GET("/api/v1/audit")) });

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: () => answer(api.GET("/api/v1/invitations")),
});

import { Type } from "typebox";
import { reading } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { decodeIdCursor, IdParams, ListOf, page, PageQuery, type RoomApp, Words } from "../../platform/http/index.ts";
import { parseId, publicId } from "../../platform/ids.ts";
import { requireActor } from "./admit.ts";
import { changeWorkspace } from "./change-workspace.ts";
import { invite, listInvitations, withdrawInvitation } from "./invitations.ts";
import { createKey, listKeys, revokeKey } from "./keys.ts";
import { changeMember, removeMember } from "./members.ts";
import { findMember, findWorkspace, listAudit, listMembers } from "./queries.ts";
import {
  AuditItem,
  Email,
  InvitationItem,
  invitationItem,
  keyItem,
  KeyItem,
  MemberItem,
  memberItem,
  RoleName,
  Scopes,
  SessionView,
  WorkspaceItem,
  workspaceItem,
} from "./schemas.ts";

const Done = { 204: Type.Null() };

export function routes(app: RoomApp): void {
  session(app);
  members(app);
  invitations(app);
  keys(app);
  workspace(app);
}

function session(app: RoomApp): void {
  app.get(
    "/session",
    {
      config: { permission: "signed-in" },
      schema: { operationId: "getSession", summary: "Who I am, and where", tags: ["access"], response: { 200: SessionView } },
    },
    async (request) => {
      const actor = requireActor(request);
      const scope = reading(actor);
      const [found, member] = await Promise.all([
        findWorkspace(scope),
        actor.memberId === null ? undefined : findMember(scope, actor.memberId),
      ]);
      if (!found) throw notFound("workspace");
      const shown = member && { id: publicId("mem", member.id), name: member.name, email: member.email, role: member.role };
      return { member: shown ?? null, workspace: workspaceItem(found), permissions: [...actor.permissions] };
    },
  );
}

function members(app: RoomApp): void {
  app.get(
    "/members",
    {
      config: { permission: "members:read" },
      schema: { operationId: "listMembers", summary: "Who works here", tags: ["access"], response: { 200: ListOf(MemberItem) } },
    },
    async (request) => ({ items: (await listMembers(reading(requireActor(request)))).map(memberItem), nextCursor: null }),
  );

  app.patch(
    "/members/:id",
    {
      config: { permission: "conversations:write" },
      schema: {
        operationId: "changeMember",
        summary: "Change a member's role, or whether they are on shift",
        tags: ["access"],
        params: IdParams,
        body: Type.Partial(Type.Object({ role: RoleName, onShift: Type.Boolean() })),
        response: { 200: MemberItem },
      },
    },
    async (request) => memberItem(await changeMember(requireActor(request), parseId("mem", request.params.id), request.body)),
  );

  app.delete(
    "/members/:id",
    {
      config: { permission: "members:write" },
      schema: { operationId: "removeMember", summary: "End a membership", tags: ["access"], params: IdParams, response: Done },
    },
    async (request, reply) => {
      await removeMember(requireActor(request), parseId("mem", request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function invitations(app: RoomApp): void {
  app.get(
    "/invitations",
    {
      config: { permission: "members:read" },
      schema: {
        operationId: "listInvitations",
        summary: "Invitations not taken up yet",
        tags: ["access"],
        response: { 200: ListOf(InvitationItem) },
      },
    },
    async (request) => ({ items: (await listInvitations(requireActor(request))).map(invitationItem), nextCursor: null }),
  );

  app.post(
    "/invitations",
    {
      config: { permission: "members:write", answersSecret: true },
      schema: {
        operationId: "invite",
        summary: "Invite somebody by email",
        tags: ["access"],
        body: Type.Object({ email: Email, role: RoleName }),
        response: {
          201: Type.Object({
            ...InvitationItem.properties,
            token: Type.String({ description: "For the link, in case the mail does not arrive. Shown once." }),
          }),
        },
      },
    },
    async (request, reply) => {
      const made = await invite(requireActor(request), request.body);
      return reply.code(201).send({ ...invitationItem(made), token: made.token });
    },
  );

  app.delete(
    "/invitations/:id",
    {
      config: { permission: "members:write" },
      schema: { operationId: "withdrawInvitation", summary: "Withdraw an invitation", tags: ["access"], params: IdParams, response: Done },
    },
    async (request, reply) => {
      await withdrawInvitation(requireActor(request), parseId("inv", request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function keys(app: RoomApp): void {
  app.get(
    "/keys",
    {
      config: { permission: "keys:read" },
      schema: { operationId: "listKeys", summary: "API keys in use", tags: ["access"], response: { 200: ListOf(KeyItem) } },
    },
    async (request) => ({ items: (await listKeys(requireActor(request))).map(keyItem), nextCursor: null }),
  );

  app.post(
    "/keys",
    {
      config: { permission: "keys:write", answersSecret: true },
      schema: {
        operationId: "createKey",
        summary: "Make an API key; its secret is shown once",
        tags: ["access"],
        body: Type.Object({ name: Words(100), scopes: Scopes }),
        response: { 201: Type.Object({ ...KeyItem.properties, key: Type.String() }) },
      },
    },
    async (request, reply) => {
      const made = await createKey(requireActor(request), request.body);
      return reply.code(201).send({ ...keyItem(made), key: made.key });
    },
  );

  app.delete(
    "/keys/:id",
    {
      config: { permission: "keys:write" },
      schema: { operationId: "revokeKey", summary: "End an API key at once", tags: ["access"], params: IdParams, response: Done },
    },
    async (request, reply) => {
      await revokeKey(requireActor(request), parseId("key", request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function workspace(app: RoomApp): void {
  app.get(
    "/workspace",
    {
      config: { permission: "workspace:read" },
      schema: { operationId: "getWorkspace", summary: "The workspace", tags: ["access"], response: { 200: WorkspaceItem } },
    },
    async (request) => {
      const found = await findWorkspace(reading(requireActor(request)));
      if (!found) throw notFound("workspace");
      return workspaceItem(found);
    },
  );

  app.patch(
    "/workspace",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "changeWorkspace",
        summary: "Change the workspace's name, time zone, currency or language",
        tags: ["access"],
        body: Type.Partial(
          Type.Object({
            name: Words(100),
            timeZone: Type.String({ maxLength: 60 }),
            currency: Type.String({ pattern: "^[A-Z]{3}$" }),
            locale: Type.String({ maxLength: 35 }),
          }),
        ),
        response: { 200: WorkspaceItem },
      },
    },
    async (request) => workspaceItem(await changeWorkspace(requireActor(request), request.body)),
  );

  app.get(
    "/audit",
    {
      config: { permission: "audit:read" },
      schema: {
        operationId: "listAudit",
        summary: "Who changed what, newest first",
        tags: ["access"],
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(AuditItem) },
      },
    },
    async (request) => {
      const { cursor, limit = 50 } = request.query;
      const before = decodeIdCursor(cursor);
      const { rows, nextCursor } = page(await listAudit(reading(requireActor(request)), before, limit + 1), limit, (row) => [row.id]);
      const items = rows.map((row) => ({
        id: publicId("aud", row.id),
        at: row.at.toISOString(),
        actor: { kind: row.actorKind, name: row.actorName },
        action: row.action,
        subject: row.subject,
        before: row.before,
        after: row.after,
      }));
      return { items, nextCursor };
    },
  );
}

import { Type, type Static } from "typebox";
import { Moment, Nullable, PublicId } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import type { Invitation } from "./invitations.ts";
import type { ApiKey } from "./keys.ts";
import { PERMISSIONS } from "./permissions.ts";
import type { Member, Workspace } from "./queries.ts";

export const RoleName = Type.Union([Type.Literal("owner"), Type.Literal("admin"), Type.Literal("agent"), Type.Literal("viewer")]);
export const MemberSummary = Type.Object({ id: PublicId, name: Type.String() });
export const MemberItem = Type.Object({
  id: PublicId,
  name: Type.String(),
  email: Type.String(),
  role: RoleName,
  onShift: Type.Boolean(),
  createdAt: Moment,
});
export const InvitationItem = Type.Object({ id: PublicId, email: Type.String(), role: RoleName, createdAt: Moment, expiresAt: Moment });
export const KeyItem = Type.Object({
  id: PublicId,
  name: Type.String(),
  hint: Type.String(),
  scopes: Type.Array(Type.String()),
  createdAt: Moment,
  lastUsedAt: Nullable(Moment),
});
export const WorkspaceItem = Type.Object({
  id: PublicId,
  name: Type.String(),
  sample: Type.Boolean(),
  timeZone: Type.String(),
  currency: Type.String(),
  locale: Type.String(),
});
export const Scopes = Type.Array(Type.Union(PERMISSIONS.map((each) => Type.Literal(each))), { minItems: 1, uniqueItems: true });
export const Email = Type.String({ minLength: 3, maxLength: 320, pattern: "^[^@\\s]+@[^@\\s]+$" });
export const Password = Type.String({ minLength: 10, maxLength: 128 });
export const SessionView = Type.Object({
  member: Nullable(Type.Object({ id: PublicId, name: Type.String(), email: Type.String(), role: RoleName })),
  workspace: WorkspaceItem,
  permissions: Type.Array(Type.String()),
});
export const AuditItem = Type.Object({
  id: PublicId,
  at: Moment,
  actor: Type.Object({ kind: Type.String(), name: Type.String() }),
  action: Type.String(),
  subject: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
});

export function memberItem(member: Member): Static<typeof MemberItem> {
  const { name, email, role, onShift } = member;
  return { id: publicId("mem", member.id), name, email, role, onShift, createdAt: member.createdAt.toISOString() };
}

export function invitationItem(row: Invitation): Static<typeof InvitationItem> {
  return {
    id: publicId("inv", row.id),
    email: row.email,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}

export function keyItem(row: ApiKey): Static<typeof KeyItem> {
  return {
    id: publicId("key", row.id),
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

export function workspaceItem(row: Workspace): Static<typeof WorkspaceItem> {
  const { name, sample, timeZone, currency, locale } = row;
  return { id: publicId("wsp", row.id), name, sample, timeZone, currency, locale };
}

import { forbidden } from "../../platform/errors.ts";
import { PERMISSIONS, type Permission } from "./permissions.ts";

/** Whoever acts, in one workspace. Every verb takes one and asks it. */
export interface Actor {
  workspaceId: number;
  kind: "member" | "key" | "system";
  /** The member's or key's row; null for the system. */
  id: number | null;
  /** Set only for members: who acted, for the log. */
  memberId: number | null;
  name: string;
  permissions: ReadonlySet<Permission>;
}

/** @throws Problem 403 */
export function authorize(actor: Actor, permission: Permission): void {
  if (!actor.permissions.has(permission)) throw forbidden(`This needs the permission ${permission}.`);
}

/** Throughline itself, acting by rule or by clock. */
export function systemActor(workspaceId: number): Actor {
  return { workspaceId, kind: "system", id: null, memberId: null, name: "Throughline", permissions: new Set(PERMISSIONS) };
}

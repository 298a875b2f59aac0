/** What an actor can be asked for. `:read` looks, `:write` changes. */
export const PERMISSIONS = [
  "workspace:read",
  "workspace:write",
  "members:read",
  "members:write",
  "keys:read",
  "keys:write",
  "audit:read",
  "customers:read",
  "customers:write",
  "conversations:read",
  "conversations:write",
  "orders:read",
  "orders:write",
  "mail:read",
  "mail:write",
  "proposals:read",
  "proposals:write",
  "insights:read",
  "segments:read",
  "segments:write",
  "privacy:read",
  "privacy:write",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ["owner", "admin", "agent", "viewer"] as const;

export type Role = (typeof ROLES)[number];

const VIEWER: Permission[] = [
  "workspace:read",
  "members:read",
  "customers:read",
  "conversations:read",
  "orders:read",
  "proposals:read",
  "insights:read",
  "segments:read",
];

const AGENT: Permission[] = [
  ...VIEWER,
  "customers:write",
  "conversations:write",
  "orders:write",
  "proposals:write",
  "segments:write",
  "mail:read",
];

const BY_ROLE: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(VIEWER),
  agent: new Set(AGENT),
  admin: new Set(PERMISSIONS),
  owner: new Set(PERMISSIONS),
};

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return BY_ROLE[role];
}

export function isPermission(text: string): text is Permission {
  return (PERMISSIONS as readonly string[]).includes(text);
}

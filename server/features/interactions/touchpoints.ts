import type { Scope, Tx } from "../../platform/db/index.ts";

/** Where interactions happen, and who in the company owns that place. A workspace may rename, add and reassign. */
export interface Touchpoint {
  id: number;
  key: string;
  name: string;
  channel: string;
  stage: string;
  department: string;
  driver: "people" | "process" | "product";
  control: "direct" | "influenced" | "external";
}

export const STAGES = ["awareness", "consideration", "purchase", "onboarding", "use", "support", "loyalty", "advocacy"];

const DEFAULTS: Omit<Touchpoint, "id">[] = [
  {
    key: "advert",
    name: "Adverts",
    channel: "web",
    stage: "awareness",
    department: "marketing",
    driver: "process",
    control: "influenced",
  },
  {
    key: "website",
    name: "Website",
    channel: "web",
    stage: "consideration",
    department: "marketing",
    driver: "product",
    control: "direct",
  },
  { key: "app", name: "App", channel: "app", stage: "use", department: "product", driver: "product", control: "direct" },
  { key: "account", name: "Account", channel: "web", stage: "onboarding", department: "product", driver: "product", control: "direct" },
  {
    key: "returns",
    name: "Returns and refunds",
    channel: "web",
    stage: "support",
    department: "operations",
    driver: "process",
    control: "direct",
  },
  {
    key: "newsletter",
    name: "Newsletter",
    channel: "email",
    stage: "loyalty",
    department: "marketing",
    driver: "process",
    control: "direct",
  },
  {
    key: "sharing",
    name: "Shared with others",
    channel: "social",
    stage: "advocacy",
    department: "marketing",
    driver: "product",
    control: "external",
  },
  { key: "web-shop", name: "Web shop", channel: "web", stage: "consideration", department: "sales", driver: "product", control: "direct" },
  { key: "checkout", name: "Checkout", channel: "web", stage: "purchase", department: "sales", driver: "product", control: "direct" },
  { key: "shop", name: "Shop counter", channel: "in-person", stage: "purchase", department: "sales", driver: "people", control: "direct" },
  {
    key: "delivery",
    name: "Delivery",
    channel: "delivery",
    stage: "use",
    department: "operations",
    driver: "process",
    control: "influenced",
  },
  {
    key: "email-support",
    name: "Email to support",
    channel: "email",
    stage: "support",
    department: "support",
    driver: "people",
    control: "direct",
  },
  {
    key: "email-outreach",
    name: "We wrote first",
    channel: "email",
    stage: "support",
    department: "support",
    driver: "process",
    control: "direct",
  },
  { key: "survey", name: "Rating", channel: "email", stage: "support", department: "support", driver: "process", control: "direct" },
  {
    key: "preferences",
    name: "Preferences",
    channel: "web",
    stage: "loyalty",
    department: "marketing",
    driver: "process",
    control: "direct",
  },
  { key: "review", name: "Reviews", channel: "review", stage: "advocacy", department: "marketing", driver: "product", control: "external" },
];

const known = new Map<number, Map<string, Touchpoint>>();

/** The workspace's touchpoints by key, with the defaults made when it has none yet. Kept in memory; they change rarely. */
export async function touchpointsOf(scope: Scope): Promise<Map<string, Touchpoint>> {
  const kept = known.get(scope.workspaceId);
  if (kept) return kept;
  let rows = await selectTouchpoints(scope);
  if (rows.length === 0) {
    await insertDefaults(scope);
    rows = await selectTouchpoints(scope);
  }
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return byKey;
}

/** As `touchpointsOf`, remembered once the transaction that may have made them has committed. */
export async function touchpointsIn(tx: Tx): Promise<Map<string, Touchpoint>> {
  const byKey = await touchpointsOf(tx);
  tx.afterCommit(() => known.set(tx.workspaceId, byKey));
  return byKey;
}

/** After a touchpoint was changed or a workspace removed. */
export function forgetTouchpoints(workspaceId: number): void {
  known.delete(workspaceId);
}

async function selectTouchpoints(scope: Scope): Promise<Touchpoint[]> {
  const rows = await scope.db
    .selectFrom("touchpoints")
    .select(["id", "key", "name", "channel", "stage", "department", "driver", "control"])
    .where("workspace_id", "=", scope.workspaceId)
    .orderBy("id")
    .limit(1000)
    .execute();
  return rows.map((row) => ({ ...row, driver: driverOf(row.driver), control: controlOf(row.control) }));
}

async function insertDefaults(scope: Scope): Promise<void> {
  await scope.db
    .insertInto("stages")
    .values(STAGES.map((key, rank) => ({ workspace_id: scope.workspaceId, key, name: key[0]?.toUpperCase() + key.slice(1), rank })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await scope.db
    .insertInto("touchpoints")
    .values(DEFAULTS.map((row) => ({ ...row, workspace_id: scope.workspaceId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function driverOf(text: string): Touchpoint["driver"] {
  return text === "people" || text === "process" ? text : "product";
}

function controlOf(text: string): Touchpoint["control"] {
  return text === "direct" || text === "influenced" ? text : "external";
}

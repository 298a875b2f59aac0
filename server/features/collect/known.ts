import { createHash } from "node:crypto";
import { now } from "../../platform/clock.ts";
import { anywhere, reading } from "../../platform/db/index.ts";
import { placeBy, type Placing, type Placings } from "./placing.ts";
import { hookByToken, type Hook } from "./hook-queries.ts";
import { mappingsOf, type MappingRow } from "./mapping-queries.ts";
import { sourceByKey, type Source } from "./queries.ts";
import { Remembered } from "./remembered.ts";

const sources = new Remembered((key) => sourceByKey(anywhere(), hashOf(key), now()));
const hooks = new Remembered((token) => hookByToken(anywhere(), token));
const mappings = new Remembered((workspace) => mappingsBySource(Number(workspace)));

export function hashOf(writeKey: string): Buffer {
  return createHash("sha256").update(writeKey).digest();
}

const LONGEST_KEY = 200;

export async function sourceOf(writeKey: string): Promise<Source | undefined> {
  return writeKey.length > LONGEST_KEY ? undefined : sources.get(writeKey);
}

export async function hookOf(token: string): Promise<Hook | undefined> {
  return hooks.get(token);
}

/** Where events of a source belong; source 0 for those that come from elsewhere. */
export async function placingsOf(workspaceId: number, sourceId: number): Promise<(kind: string, name: string | null) => Placing> {
  const bySource = await mappings.get(String(workspaceId));
  return placeBy(bySource.get(sourceId) ?? NONE, bySource.get(0) ?? NONE);
}

/** After a source, a hook or a mapping was changed. */
export function forgetKnown(): void {
  sources.forget();
  hooks.forget();
  mappings.forget();
}

const NONE: Placings = new Map();

async function mappingsBySource(workspaceId: number): Promise<Map<number, Map<string, MappingRow>>> {
  const bySource = new Map<number, Map<string, MappingRow>>();
  for (const row of await mappingsOf(reading({ workspaceId }))) {
    const its = bySource.get(row.sourceId) ?? new Map<string, MappingRow>();
    bySource.set(row.sourceId, its.set(row.event, row));
  }
  return bySource;
}

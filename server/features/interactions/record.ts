import { sql } from "kysely";
import { arrayLiteral, jsonbArray, storableJson, type Tx } from "../../platform/db/index.ts";
import type { Interaction, NewInteraction, Recorded } from "./interaction.ts";
import { isWithoutRoom, makeRoomAhead, notePosition, RoomMade } from "./room.ts";
import { sourceKeyOf } from "./source-key.ts";
import { touchpointsIn, type Touchpoint } from "./touchpoints.ts";
import { wakeReaders } from "./wake.ts";

type Row = Omit<Interaction, "position" | "workspaceId" | "writtenFor" | "properties"> & { sourceKey: string | null; properties: string };

/**
 * Appends to the log, in the caller's transaction, in the order given. Answers one entry for each: its position, or
 * null where that source key is in the log already.
 */
export async function record(tx: Tx, given: NewInteraction | NewInteraction[]): Promise<(Recorded | null)[]> {
  const list = Array.isArray(given) ? given : [given];
  if (list.length === 0) return [];
  const touchpoints = await touchpointsIn(tx);
  const rows = list.map((each) => rowOf(each, touchpoints, tx.now));
  const positions = await append(tx, rows);
  tx.afterCommit(wakeReaders);
  return rows.map((_, index) => {
    const position = positions.get(index + 1);
    return position === undefined ? null : { position };
  });
}

function rowOf(given: NewInteraction, touchpoints: Map<string, Touchpoint>, now: Date): Row {
  const touchpoint = given.touchpoint === undefined ? undefined : touchpoints.get(given.touchpoint);
  const occurredAt = given.occurredAt ?? now;
  return {
    customerId: given.customerId,
    kind: given.kind,
    occurredAt,
    receivedAt: now,
    initiative: given.initiative,
    channel: given.channel ?? touchpoint?.channel ?? null,
    stage: given.stage ?? touchpoint?.stage ?? null,
    touchpointId: touchpoint?.id ?? null,
    memberId: given.memberId ?? null,
    conversationId: given.conversationId ?? null,
    orderId: given.orderId ?? null,
    source: given.source ?? null,
    sourceKey: given.sourceKey === undefined ? null : sourceKeyOf(given.source ?? "", given.sourceKey, given.keyedAt ?? occurredAt),
    properties: given.propertiesJson ?? storableJson(given.properties ?? {}),
  };
}

/** One statement: keys first, then the rows whose key is new. The table's trigger registers the append. */
async function append(tx: Tx, rows: Row[]): Promise<Map<number, number>> {
  const wanted = await newOnes(tx, rows);
  if (wanted.length === 0) return new Map();
  const fresh = wanted.length === rows.length ? rows : wanted.flatMap((ordinal) => rows[ordinal - 1] ?? []);
  const positions = await insertRows(tx, fresh).catch(whereThereIsNoRoom);
  tx.afterCommit(() => notePosition(positions.at(-1) ?? 0));
  return new Map(wanted.map((ordinal, index) => [ordinal, positions[index] ?? 0]));
}

async function whereThereIsNoRoom(error: unknown): Promise<never> {
  if (!isWithoutRoom(error)) throw error;
  await makeRoomAhead();
  throw new RoomMade();
}

/** Positions come back in the order of the rows, as one value: thousands of answer rows would cost as much again. */
async function insertRows(tx: Tx, rows: Row[]): Promise<number[]> {
  // unnest fills up a shorter list with nulls, so a column that nobody has is an empty one.
  const column = (key: Exclude<keyof Row, "properties" | "receivedAt">): string =>
    rows.every((row) => row[key] === null) ? "{}" : arrayLiteral(rows.map((row) => row[key]));
  const { rows: inserted } = await sql<{ positions: string }>`
    with inserted as (
      insert into interactions (workspace_id, customer_id, kind, occurred_at, received_at, initiative, channel, stage,
        touchpoint_id, member_id, conversation_id, order_id, source, source_key, properties)
      select ${tx.workspaceId}, customer_id, kind, occurred_at, ${tx.now}::timestamptz, initiative, channel, stage,
        touchpoint_id, member_id, conversation_id, order_id, source, source_key, properties
      from unnest(
        ${column("customerId")}::bigint[], ${column("kind")}::text[], ${column("occurredAt")}::timestamptz[],
        ${column("initiative")}::text[], ${column("channel")}::text[], ${column("stage")}::text[],
        ${column("touchpointId")}::bigint[], ${column("memberId")}::bigint[], ${column("conversationId")}::bigint[],
        ${column("orderId")}::bigint[], ${column("source")}::text[], ${column("sourceKey")}::uuid[],
        ${jsonbArray(rows.map((row) => row.properties))}::jsonb[]
      ) as incoming (customer_id, kind, occurred_at, initiative, channel, stage, touchpoint_id, member_id, conversation_id,
        order_id, source, source_key, properties)
      returning position
    ) select string_agg(position::text, ',' order by position) as positions from inserted`.execute(tx.db);
  return (inserted[0]?.positions ?? "").split(",").map(Number);
}

/** Which of the rows are new, by ordinal from 1; claims their keys, in one order, so that writers cannot deadlock. */
async function newOnes(tx: Tx, rows: Row[]): Promise<number[]> {
  const firstByKey = new Map<string, number>();
  rows.forEach((row, index) => {
    if (row.sourceKey !== null && !firstByKey.has(row.sourceKey)) firstByKey.set(row.sourceKey, index + 1);
  });
  const claimed = await claimKeys(tx, [...firstByKey.keys()].sort());
  return rows.flatMap(({ sourceKey }, index) => {
    const isNew = sourceKey === null || (firstByKey.get(sourceKey) === index + 1 && claimed(sourceKey));
    return isNew ? [index + 1] : [];
  });
}

/** Answers which keys were new. As a rule all are, and then Postgres need not list them. */
async function claimKeys(tx: Tx, keys: string[]): Promise<(key: string) => boolean> {
  if (keys.length === 0) return () => false;
  const { rows } = await sql<{ count: number; some: string[] | null }>`
    with claimed as (
      insert into interaction_keys (workspace_id, source_key)
      select ${tx.workspaceId}, key from unnest(${arrayLiteral(keys)}::uuid[]) as key
      on conflict do nothing returning source_key
    ) select count(*) as count, case when count(*) < ${keys.length} then array_agg(source_key::text) end as some from claimed`.execute(
    tx.db,
  );
  if (rows[0]?.count === keys.length) return () => true;
  const some = new Set(rows[0]?.some);
  return (key) => some.has(key);
}

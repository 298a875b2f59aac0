import { setTimeout as sleep } from "node:timers/promises";
import { type NewInteraction, record, sourceKeyOf } from "../server/features/interactions/index.ts";
import { pool, transaction } from "../server/platform/db/index.ts";
import { type Measure, rounded } from "./bench.ts";
import { life } from "./life.ts";

const batchSize = 2_000;
const batchesEach = 20;
const rounds = 3;

/**
 * Appending to the log in batches of 2,000 over two connections, against a bare INSERT … SELECT unnest of like rows
 * into the same partitions and indexes. The two take turns, each after a checkpoint, so that both meet the same machine.
 */
export const log: Measure = async ({ workspaceId }) => {
  const took = { append: 0, bare: 0 };
  let number = 0;
  const next = (): NewInteraction[] => life((number += batchSize) - batchSize, batchSize);
  const several = (count: number): NewInteraction[][] => Array.from({ length: count }, next);
  const append = (batch: NewInteraction[]): Promise<unknown> => transaction({ workspaceId }, (tx) => record(tx, batch));
  const timeAppend = async (): Promise<number> => afterCheckpoint(several(2 * batchesEach), append);
  const timeBare = async (): Promise<number> =>
    afterCheckpoint(
      several(2 * batchesEach).map((batch) => columnsOf(workspaceId, batch)),
      bareInsert,
    );

  await overTwo(several(2), append);
  for (let round = 0; round < rounds; round += 1) {
    took.append += await timeAppend();
    took.bare += await timeBare();
  }
  const rows = rounds * 2 * batchesEach * batchSize;
  const value = rows / took.append;
  const limit = rows / took.bare;
  return [
    {
      measure: "log append",
      value: rounded(value),
      unit: "interactions/s",
      limit: rounded(limit),
      ratio: rounded(value / limit),
      wanted: "ratio of at least 0.5",
      met: value / limit >= 0.5,
      rows,
    },
  ];
};

async function afterCheckpoint<T>(batches: T[], write: (batch: T) => Promise<unknown>): Promise<number> {
  await pool().query("CHECKPOINT");
  await sleep(200);
  return overTwo(batches, write);
}

/** Seconds that two connections take for all batches. */
async function overTwo<T>(batches: T[], write: (batch: T) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  const queue = batches.values();
  await Promise.all(
    [1, 2].map(async () => {
      for (const batch of queue) await write(batch);
    }),
  );
  return (performance.now() - began) / 1000;
}

/** Made before the clock runs: the bare insert is timed without the work of finding out what to insert. */
function columnsOf(workspaceId: number, batch: NewInteraction[]): unknown[][] {
  const now = new Date();
  return [
    batch.map(() => workspaceId),
    batch.map((each) => each.customerId),
    batch.map((each) => each.kind),
    batch.map((each) => (each.occurredAt ?? now).toISOString()),
    batch.map(() => now.toISOString()),
    batch.map((each) => each.initiative),
    batch.map((each) => each.conversationId),
    batch.map((each) => each.orderId),
    batch.map((each) => each.source),
    batch.map((each) => sourceKeyOf("bare", each.sourceKey ?? "", each.occurredAt ?? now)),
    batch.map((each) => JSON.stringify(each.properties)),
  ];
}

async function bareInsert(columns: unknown[][]): Promise<void> {
  await pool().query(
    `insert into interactions (workspace_id, customer_id, kind, occurred_at, received_at, initiative, conversation_id, order_id, source, source_key, properties)
     select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::bigint[], $8::bigint[], $9::text[], $10::uuid[], $11::jsonb[])`,
    columns,
  );
}

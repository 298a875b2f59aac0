import { setTimeout as sleep } from "node:timers/promises";
import { type Ask, anywhere } from "../../platform/db/index.ts";
import { allListeners } from "./listener.ts";
import { howFarBehind } from "./queries.ts";
import { WIDTH } from "./room.ts";

/** Rows that are copied before listeners are let catch up. */
const SLICE = 50_000;
/** Interactions that listeners may be behind without being waited for. */
const LITTLE = 5_000;
const LONGEST_REST = 3;

/** A table of the log, and the position it begins with. */
export interface Part {
  name: string;
  first: number;
}

/**
 * Makes the copy of a full part, with its indexes, in the order of the index on customers: which saves a sort, and puts the
 * rows of a page of a timeline side by side. What is new comes first, so it is made in slices of the customers, and after
 * each, listeners that are behind are let catch up.
 */
export async function copyPart(ask: Ask, { name, first }: Part, slice = SLICE): Promise<void> {
  await ask(`drop table if exists ${name}_sealed`);
  await ask("set maintenance_work_mem = '256MB'");
  await ask(`create table ${name}_sealed (like interactions including defaults including constraints,
    constraint within check (position >= ${first} and position < ${first + WIDTH}))`);
  for (let after: number | undefined = 0; after !== undefined;) {
    const from: number = after;
    after = await lettingCatchUp(() => copySlice(ask, name, from, slice));
  }
  await lettingCatchUp(() => ask(`alter table ${name}_sealed add primary key (position)`));
  await lettingCatchUp(() => ask(`create index on ${name}_sealed (customer_id, occurred_at desc, position desc)`));
  await ask(`vacuum (freeze, analyze) ${name}_sealed`);
}

/** Copies the next customers' rows after this one's; gives the last of these customers, or undefined when none is left. */
async function copySlice(ask: Ask, name: string, after: number, rows: number): Promise<number | undefined> {
  const [next] = await ask<{ last: number }>(
    `select customer_id::float8 as last from only ${name} where customer_id > $1::bigint order by customer_id offset ${rows} limit 1`,
    [after],
  );
  await ask(
    `insert into ${name}_sealed select * from only ${name}
     where customer_id > $1::bigint and customer_id <= coalesce($2::bigint, ${Number.MAX_SAFE_INTEGER})
     order by customer_id, occurred_at desc, position desc`,
    [after, next?.last ?? null],
  );
  return next?.last;
}

async function lettingCatchUp<Result>(work: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  const result = await work();
  const until = performance.now() + LONGEST_REST * (performance.now() - began);
  while (performance.now() < until && (await interactionsToTakeIn()) > LITTLE) await sleep(50);
  return result;
}

/** How far the slowest listener is behind the log. */
export function interactionsToTakeIn(): Promise<number> {
  return howFarBehind(
    anywhere(),
    allListeners().map((each) => each.name),
  );
}

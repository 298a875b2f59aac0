import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { now, stopAt, travelBack } from "../../platform/clock.ts";
import { anywhere, reading, transaction } from "../../platform/db/index.ts";
import { Problem } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { runDueJobs } from "../../testing/run-due-jobs.ts";
import { testHouse } from "../../testing/house.ts";
import { createWorkspace, systemActor, type Actor } from "../access/index.ts";
import { findOrCreateCustomer, mergeCustomers, unmergeCustomers } from "../customers/index.ts";
import { digestAll, record } from "../interactions/index.ts";
import { placeOrder } from "../orders/index.ts";
import { changeSegment, createSegment } from "./save-segment.ts";
import { expand } from "./expand.ts";
import { anyHappening, anyWhere, type Happening } from "./fixtures/any-life.ts";
import { flipDue } from "./flip-due.ts";
import { namedIn } from "./named.ts";
import { listSegments } from "./queries.ts";
import { personsSql, sqlOf } from "./sql-of.ts";
import type { Where } from "./where.ts";

const START = new Date("2026-03-01T12:00:00Z");

before(async () => {
  stopAt(START);
  await testHouse();
});
after(travelBack);

const RUNS = Number(process.env["SEGMENT_RUNS"] ?? 12);

test("whatever happens, and however late we hear of it, members are who SQL over the tables says they are", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyWhere, { minLength: 4, maxLength: 8, size: "max" }),
      fc.array(anyHappening, { minLength: 8, maxLength: 25, size: "max" }),
      async (wheres, happenings) => {
        const life = await begin(wheres);
        for (const [index, happening] of happenings.entries()) {
          await happen(life, happening);
          await agree(life, `${index}: ${JSON.stringify(happening)}`);
        }
      },
    ),
    { numRuns: RUNS },
  );
});

interface Life {
  actor: Actor;
  customers: number[];
  merges: number[];
  segments: number[];
  orders: number;
}

async function begin(wheres: readonly Where[]): Promise<Life> {
  stopAt(START);
  const { id } = await createWorkspace({ name: "Glaze & Co.", sample: false });
  const life: Life = { actor: systemActor(id), customers: [], merges: [], segments: [], orders: 0 };
  for (let number = 0; number < 3; number += 1) await arrive(life);
  for (const where of wheres) await make(life, where);
  await goOn();
  return life;
}

async function make(life: Life, where: Where): Promise<void> {
  const name = `Segment ${life.segments.length}`;
  const made = await createSegment(life.actor, { name, where: standing(where, life.segments) }).catch(ifTooDeep);
  if (made) life.segments.push(made.id);
}

/** Conditions that stand on segments made earlier, so that none comes back to where it began. */
function standing(where: Where, earlier: readonly number[]): Where {
  if ("all" in where) return { all: where.all.map((each) => standing(each, earlier)) };
  if ("any" in where) return { any: where.any.map((each) => standing(each, earlier)) };
  if ("not" in where) return { not: standing(where.not, earlier) };
  if (!("segment" in where)) return where;
  const other = earlier[Number(where.segment) % Math.max(1, earlier.length)];
  return other === undefined ? { atRisk: false } : { segment: publicId("seg", other) };
}

/** What stands on what stands on others may be too deep; then it stays as it was. */
function ifTooDeep(error: unknown): null {
  if (error instanceof Problem && error.status === 400) return null;
  throw error;
}

async function arrive(life: Life): Promise<void> {
  const email = `c${life.customers.length}@life.example`;
  life.customers.push((await transaction(life.actor, (tx) => findOrCreateCustomer(tx, { email, source: "email" }))).id);
}

async function happen(life: Life, happening: Happening): Promise<void> {
  const customer = (number: number): number => life.customers[number % life.customers.length] ?? 0;
  switch (happening.what) {
    case "time":
      stopAt(new Date(now().getTime() + happening.ms));
      break;
    case "event":
      await transaction(life.actor, (tx) =>
        record(
          tx,
          happening.events.map(({ who, ago, ...event }) => ({
            ...event,
            customerId: customer(who),
            initiative: "reactive" as const,
            occurredAt: new Date(now().getTime() - ago),
          })),
        ),
      );
      break;
    case "arrive":
      await arrive(life);
      break;
    case "order":
      await placeOrder(life.actor, {
        externalId: String(happening.again ? life.orders : ++life.orders),
        customer: { email: `c${happening.who % life.customers.length}@life.example` },
        items: [],
        total: happening.total,
        currency: happening.currency,
        placedAt: new Date(now().getTime() - happening.ago).toISOString(),
        ...(happening.cancelled ? { cancelledAt: now().toISOString() } : {}),
      });
      break;
    case "profile":
      await sql`update customers set name = ${happening.name}, fields = ${JSON.stringify({ plan: happening.plan })}::jsonb
        where id = ${customer(happening.who)}`.execute(anywhere().db);
      break;
    case "identity":
      await transaction(life.actor, (tx) =>
        findOrCreateCustomer(tx, {
          email: `c${happening.who % life.customers.length}@life.example`,
          externalId: { source: "shop", id: String(happening.who) },
          source: "shop",
        }),
      );
      break;
    case "merge": {
      const [from, into] = [customer(happening.from), customer(happening.into)];
      const merge = await mergeCustomers(life.actor, { from, into }).catch(() => null);
      if (merge) life.merges.push(merge.id);
      break;
    }
    case "unmerge": {
      const [merge] = life.merges.splice(happening.which % Math.max(1, life.merges.length), 1);
      if (merge !== undefined) await unmergeCustomers(life.actor, merge);
      break;
    }
    case "segment": {
      const which = happening.which % (life.segments.length + 1);
      const changed = life.segments[which];
      if (changed === undefined) await make(life, happening.where);
      else {
        const where = standing(happening.where, life.segments.slice(0, which));
        await changeSegment(life.actor, changed, { name: `Segment ${which}`, where }).catch(ifTooDeep);
      }
      break;
    }
  }
  await goOn();
}

async function goOn(): Promise<void> {
  await digestAll();
  await runDueJobs();
  await digestAll();
  await flipDue();
  await digestAll();
}

async function agree(life: Life, moment: string): Promise<void> {
  const scope = reading(life.actor);
  const named = await namedIn(scope);
  for (const segment of await listSegments(scope)) {
    assert.equal(segment.state, "kept");
    const asked = { workspaceId: scope.workspaceId, at: now() };
    const { rows: truth } = await sql<{ id: number }>`
      select c.id from ${personsSql(asked)} and ${sqlOf(expand(segment.where, named), asked)} order by 1`.execute(scope.db);
    const { rows: kept } = await sql<{ id: number }>`
      select customer_id as id from segment_members where segment_id = ${segment.id} and since is not null order by 1`.execute(scope.db);
    assert.deepEqual(kept, truth, `${moment} at ${now().toISOString()}: ${JSON.stringify(segment.where)}`);
  }
}

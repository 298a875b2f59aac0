import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { now } from "../../platform/clock.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { defineJob, defineRecurring } from "../../platform/jobs/index.ts";
import { overdueOrders } from "./queries.ts";
import { lockOrderById } from "./telling-queries.ts";
import { settle } from "./tell-order.ts";

const Payload = Type.Object({ workspaceId: Type.Integer(), orderId: Type.Integer() });
const SWEEP = 500;

/** A delivery becomes late by the clock: a job at the promised moment, and a sweep each minute that misses none. */
export function defineJobs(): void {
  defineJob("orders.watch-clock", (payload) => Value.Parse(Payload, payload), noticeLate);
  defineRecurring("orders.sweep", "* * * * *", sweep);
}

export async function sweep(): Promise<void> {
  const overdue = await overdueOrders(anywhere(), now(), SWEEP);
  for (const { id, workspaceId } of overdue) await noticeLate({ workspaceId, orderId: id });
}

async function noticeLate({ workspaceId, orderId }: Static<typeof Payload>): Promise<void> {
  await transaction({ workspaceId }, async (tx) => {
    const order = await lockOrderById(tx, orderId);
    if (!order || order.lateAt !== null || order.promisedAt === null || order.promisedAt > tx.now) return;
    await settle(tx, order, order.facts);
  });
}

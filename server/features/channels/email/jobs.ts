import { Type } from "typebox";
import { Value } from "typebox/value";
import { now } from "../../../platform/clock.ts";
import { anywhere } from "../../../platform/db/index.ts";
import { defineJob, defineRecurring } from "../../../platform/jobs/index.ts";
import { forgetAutomaticCounts } from "./delivery-queries.ts";
import { readEntry } from "./read-entry.ts";
import { sendDelivery } from "./send-delivery.ts";

const Reading = Type.Object({ workspaceId: Type.Integer(), ledgerId: Type.Integer() });
const Sending = Type.Object({ workspaceId: Type.Integer(), deliveryId: Type.Integer() });
const DAY_MS = 24 * 60 * 60 * 1_000;

export function defineJobs(): void {
  defineJob("email.read", (payload) => Value.Parse(Reading, payload), readEntry);
  defineJob("email.send", (payload) => Value.Parse(Sending, payload), sendDelivery);
  defineRecurring("email.forget-counts", "17 3 * * *", () => forgetAutomaticCounts(anywhere(), new Date(now().getTime() - DAY_MS)));
}

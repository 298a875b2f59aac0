import { Type } from "typebox";
import { Value } from "typebox/value";
import { transactionAnywhere } from "../../platform/db/index.ts";
import { defineJob, defineRecurring } from "../../platform/jobs/index.ts";
import { noticeRecoveries } from "./notice-risk.ts";
import { tellOwner } from "./tell-owner.ts";

const AT_ONCE = 500;

const Payload = Type.Object({ workspaceId: Type.Integer(), customerId: Type.Integer() });

export function defineJobs(publicUrl: string): void {
  defineJob(
    "experience.tell-owner",
    (payload) => Value.Parse(Payload, payload),
    (atRisk) => tellOwner(atRisk, publicUrl),
  );
  defineRecurring("experience.notice-recoveries", "17 * * * *", async () => {
    while ((await transactionAnywhere((tx) => noticeRecoveries(tx, AT_ONCE))) === AT_ONCE);
  });
}

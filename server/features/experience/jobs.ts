import { transactionAnywhere } from "../../platform/db/index.ts";
import { defineRecurring } from "../../platform/jobs/index.ts";
import { noticeRecoveries } from "./notice-risk.ts";

const AT_ONCE = 500;

export function defineJobs(): void {
  defineRecurring("experience.notice-recoveries", "17 * * * *", async () => {
    while ((await transactionAnywhere((tx) => noticeRecoveries(tx, AT_ONCE))) === AT_ONCE);
  });
}

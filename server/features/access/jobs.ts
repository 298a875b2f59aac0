import { defineRecurring } from "../../platform/jobs/index.ts";
import { sweepAnswers } from "./idempotency.ts";

export function defineJobs(): void {
  defineRecurring("access.sweep-answers", "41 * * * *", sweepAnswers);
}

import { Type } from "typebox";
import { Value } from "typebox/value";
import { defineJob } from "../../platform/jobs/index.ts";
import { doWaitingMerges } from "./merge-customers.ts";

const Waiting = Type.Object({ workspaceId: Type.Integer() });

export function defineJobs(): void {
  defineJob(
    "customers.merge",
    (payload) => Value.Parse(Waiting, payload),
    async ({ workspaceId }) => {
      while (await doWaitingMerges(workspaceId));
    },
  );
}

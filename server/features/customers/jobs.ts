import { Type } from "typebox";
import { Value } from "typebox/value";
import { defineJob, defineRecurring } from "../../platform/jobs/index.ts";
import { workspaceIds } from "../access/index.ts";
import { doWaitingMerges } from "./merge-customers.ts";
import { suggestDuplicates } from "./suggest-duplicates.ts";

const Waiting = Type.Object({ workspaceId: Type.Integer() });

export function defineJobs(): void {
  defineJob(
    "customers.merge",
    (payload) => Value.Parse(Waiting, payload),
    async ({ workspaceId }) => {
      while (await doWaitingMerges(workspaceId));
    },
  );
  defineJob(
    "customers.suggest-duplicates",
    (payload) => Value.Parse(Waiting, payload),
    async ({ workspaceId }) => void (await suggestDuplicates(workspaceId)),
  );
  defineRecurring("customers.look-for-duplicates", "7 3 * * *", async () => {
    for (const workspaceId of await workspaceIds()) await suggestDuplicates(workspaceId);
  });
}

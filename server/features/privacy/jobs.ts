import { Type } from "typebox";
import { Value } from "typebox/value";
import { now } from "../../platform/clock.ts";
import { anywhere } from "../../platform/db/index.ts";
import { defineJob, defineRecurring } from "../../platform/jobs/index.ts";
import { removeFiles } from "./erase-person.ts";
import { deleteOverdue } from "./queries.ts";
import { forgetOld } from "./retention.ts";

const Files = Type.Object({ digests: Type.Array(Type.String()) });

export function defineJobs(): void {
  defineJob(
    "privacy.remove-files",
    (payload) => Value.Parse(Files, payload),
    ({ digests }) => removeFiles(digests),
  );
  defineRecurring("privacy.retention", "23 2 * * *", async () => {
    await forgetOld();
    await deleteOverdue(anywhere(), now());
  });
}

import { Type } from "typebox";
import { Value } from "typebox/value";
import { now } from "../../platform/clock.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { removeFile } from "../../platform/files/index.ts";
import { defineJob, defineRecurring } from "../../platform/jobs/index.ts";
import { end, lockImport, staleImports } from "./queries.ts";
import { deleteOldRefusals } from "./refusal-queries.ts";
import { deleteOldWords } from "./word-queries.ts";
import { workOnImport } from "./work-on-import.ts";

const Payload = Type.Object({ workspaceId: Type.Integer(), importId: Type.Integer() });
const DAY = 86_400_000;
const FORGOTTEN_AT_ONCE = 100;
/** Somewhat more than a year: some files come once a year. */
const WORDS_LAST = 400 * DAY;

/** Reading files on, and forgetting what nobody went on with within a week. */
export function defineJobs(): void {
  defineJob(
    "exchange.work",
    (payload) => Value.Parse(Payload, payload),
    async ({ workspaceId, importId }, { isLastAttempt }) => {
      try {
        await workOnImport({ workspaceId }, importId);
      } catch (error) {
        if (isLastAttempt) await giveUp(workspaceId, importId);
        throw error;
      }
    },
  );
  defineRecurring("exchange.forget", "17 3 * * *", forget);
}

async function giveUp(workspaceId: number, importId: number): Promise<void> {
  await transaction({ workspaceId }, (tx) =>
    end(tx, importId, "failed", "It could not be read on. What was taken in stays; send the file again."),
  );
}

/** Files hold personal data: what waits longer than a week goes, and so do the refused lines of ended imports after a month. */
async function forget(): Promise<void> {
  const at = now().getTime();
  for (const { id, workspaceId, digest } of await staleImports(anywhere(), new Date(at - 7 * DAY), FORGOTTEN_AT_ONCE)) {
    await transaction({ workspaceId }, async (tx) => {
      if ((await lockImport(tx, id))?.endedAt === null) await end(tx, id, "cancelled", "Nobody went on with it for a week.");
    });
    await removeFile(digest);
  }
  await deleteOldRefusals(anywhere(), new Date(at - 30 * DAY));
  await deleteOldWords(anywhere(), new Date(at - WORDS_LAST));
}

import { anywhere } from "../../platform/db/index.ts";
import { defineRecurring } from "../../platform/jobs/index.ts";
import { makeRoomAhead } from "./queries.ts";

/** Partitions of the log are made well before positions reach them. */
export function defineJobs(): void {
  defineRecurring("interactions.make-room", "*/10 * * * *", () => makeRoomAhead(anywhere()));
}

import { defineRecurring } from "../../platform/jobs/index.ts";
import { makeRoomAhead } from "./room.ts";
import { isTimeToSeal, sealNext } from "./seal.ts";

/** Partitions of the log are made well before positions reach them, and sealed when they are full, one a minute at most. */
export function defineJobs(): void {
  defineRecurring("interactions.make-room", "*/10 * * * *", makeRoomAhead);
  defineRecurring("interactions.seal", "* * * * *", async () => {
    if (await isTimeToSeal()) await sealNext();
  });
}

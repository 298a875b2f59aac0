import { defineRecurring } from "../../platform/jobs/index.ts";
import { makeRoomAhead } from "./room.ts";
import { sealNext } from "./seal.ts";

/** Partitions of the log are made well before positions reach them, and sealed when they are full. */
export function defineJobs(): void {
  defineRecurring("interactions.make-room", "*/10 * * * *", makeRoomAhead);
  defineRecurring("interactions.seal", "5,15,25,35,45,55 * * * *", async () => {
    while ((await sealNext()) === "sealed");
  });
}

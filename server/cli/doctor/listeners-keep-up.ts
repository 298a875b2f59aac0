import { listenerStates, newestPosition } from "../../features/interactions/index.ts";
import { anywhere } from "../../platform/db/index.ts";
import { databaseCheck, hasTable, notice, well, wrong } from "./check.ts";

const behind = 10_000;

export const listenersKeepUp = databaseCheck("listeners", async ({ client }) => {
  if (!(await hasTable(client, "listener_cursors"))) return notice("Not checked: the log is not there yet.");
  const newest = await newestPosition(anywhere());
  const states = await listenerStates(anywhere());
  const late = states
    .map(({ listener, partition, position }) => ({ listener: `${listener}/${partition}`, lag: newest - position }))
    .filter(({ lag }) => lag > 0);
  if (late.length === 0) return well(`${states.length} cursors, all at the end of the log.`);
  const says = `Still to read: ${late.map(({ listener, lag }) => `${listener} ${lag}`).join(", ")}.`;
  const todo = "Start a process with the role worker. If one runs, its log says why it does not read.";
  return late.some(({ lag }) => lag > behind) ? wrong(says, todo) : notice(says, todo);
});

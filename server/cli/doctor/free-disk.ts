import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { freeRoom } from "../../platform/files/reserve.ts";
import { type Check, notice, well, wrong } from "./check.ts";

const gigabyte = 1024 ** 3;

export const freeDisk: Check = {
  name: "free disk",
  async run({ config: { dataFolder } }) {
    const room = await freeRoom(nearestExisting(dataFolder));
    const says = `${(room / gigabyte).toFixed(1)} GB free for ${dataFolder}.`;
    const todo = "Make room or move the data folder to a larger disk; docs/operating.md says what can be deleted.";
    if (room < gigabyte / 2) return wrong(says, todo);
    return room < 5 * gigabyte ? notice(says, todo) : well(says);
  },
};

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

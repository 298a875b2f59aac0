import { existsSync } from "node:fs";
import { hasReserve, reservePath } from "../../platform/files/reserve.ts";
import { type Check, notice, well, wrong } from "./check.ts";

export const reserve: Check = {
  name: "reserve file",
  async run({ config: { dataFolder } }) {
    if (!existsSync(dataFolder)) return notice("Not there yet: the first start makes it.");
    if (await hasReserve(dataFolder)) return well(reservePath(dataFolder));
    return wrong(
      "The reserve that leaves room to recover from a full disk is missing.",
      "Make room on the disk and start Throughline again: it makes the reserve when 256 MB are free.",
    );
  },
};

import { access, constants, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type Check, notice, well, wrong } from "./check.ts";

export const dataFolder: Check = {
  name: "data folder",
  async run({ config: { dataFolder: folder } }) {
    const there = await stat(folder).catch(() => undefined);
    if (there && !there.isDirectory()) return wrong(`${folder} is not a folder.`, "Name a folder in THROUGHLINE_DATA.");
    const writable = await access(there ? folder : dirname(folder), constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!writable)
      return wrong(`${folder} cannot be written by this user.`, `Make the user who runs Throughline its owner: chown -R USER ${folder}`);
    return there ? well(folder) : notice(`${folder} is not there yet: the first start makes it.`);
  },
};

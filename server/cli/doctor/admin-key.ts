import { type Check, well } from "./check.ts";

/** A key that is too short never comes this far: the settings refuse it. */
export const adminKey: Check = {
  name: "administrator's key",
  async run({ config: { adminKey: key } }) {
    return well(key === null ? "Not set: automation needs a key made in the settings." : `Set, ${key.length} characters.`);
  },
};

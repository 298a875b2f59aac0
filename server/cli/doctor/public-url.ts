import { type Check, notice, well } from "./check.ts";

/** What customers get in their mail must lead here. */
export const publicUrl: Check = {
  name: "public address",
  async run({ config }) {
    const url = new URL(config.publicUrl);
    const local = url.hostname === "localhost" || url.hostname.startsWith("127.");
    if (local)
      return notice(
        `${config.publicUrl} is reached from this machine only.`,
        "Set PUBLIC_URL to the address that customers and members use.",
      );
    if (url.protocol === "http:")
      return notice(`${config.publicUrl} is not encrypted.`, "Put a proxy with a certificate before it, and set PUBLIC_URL to https.");
    return well(config.publicUrl);
  },
};

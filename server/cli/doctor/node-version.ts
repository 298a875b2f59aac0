import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, well, wrong } from "./check.ts";

/** Throughline runs on the Node that npm installed beside it. */
export const nodeVersion: Check = {
  name: "Node",
  async run() {
    const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../../node_modules/node/package.json"), "utf8"));
    const wanted = typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "26";
    const running = process.versions.node;
    if (running.split(".")[0] === wanted.split(".")[0]) return well(`Version ${running}.`);
    return wrong(
      `Version ${running} runs this, and ${wanted} is wanted.`,
      "Start it with bin/throughline, and run npm ci if that does not help.",
    );
  },
};

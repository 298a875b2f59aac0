import { measureBounces } from "./bounces.ts";
import { measureHtml } from "./html.ts";
import { measureIdentities } from "./identities.ts";
import { measureMail } from "./mail.ts";
import { measureReplyText } from "./reply-text.ts";
import { measureTracking } from "./tracking.ts";

/** `npm run eval -- <measure> <where>`: measures what is built on data that is given to it; one line of JSON each. */
const MEASURES: Record<string, { takes: string; count: number; run: (paths: string[]) => Promise<object> }> = {
  mail: { takes: "DIR", count: 1, run: ([dir = ""]) => measureMail(dir) },
  "reply-text": { takes: "FILE.json DIR", count: 2, run: ([file = "", dir = ""]) => measureReplyText(file, dir) },
  bounces: { takes: "DIR", count: 1, run: ([dir = ""]) => measureBounces(dir) },
  identities: { takes: "FILE.csv", count: 1, run: ([file = ""]) => measureIdentities(file) },
  tracking: { takes: "FILE.json", count: 1, run: ([file = ""]) => measureTracking(file) },
  html: { takes: "FILE.json", count: 1, run: ([file = ""]) => measureHtml(file) },
};

const [name = "", ...paths] = process.argv.slice(2);
const measure = MEASURES[name];
if (measure === undefined || paths.length !== measure.count) {
  const usage = Object.entries(MEASURES).map(([each, { takes }]) => `  npm run eval -- ${each} ${takes}`);
  process.stderr.write(`Say what to measure:\n${usage.join("\n")}\n`);
  process.exit(2);
}
process.stdout.write(`${JSON.stringify(await measure.run(paths))}\n`);
process.exit(0);

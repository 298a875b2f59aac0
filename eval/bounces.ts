import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { classifyMail } from "../server/features/channels/email/classify-mail.ts";
import { parseMail } from "../server/features/channels/email/parse-mail.ts";
import { mailFiles } from "./mail-files.ts";

export interface BounceMeasure {
  files: number;
  bounce: number;
  complaint: number;
  autoReply: number;
  mailingList: number;
  setAside: number;
  customer: number;
  byFile: Record<string, string>;
}

/** What each mail of a folder is taken for. In a folder of bounces `customer` must be 0. */
export async function measureBounces(dir: string): Promise<BounceMeasure> {
  const byFile: Record<string, string> = {};
  const files = await mailFiles(dir);
  for (const file of files) byFile[file] = classify(await readFile(join(dir, file)));
  const count = (kind: string): number => Object.values(byFile).filter((each) => each === kind).length;
  return {
    files: files.length,
    bounce: count("bounce"),
    complaint: count("complaint"),
    autoReply: count("auto-reply"),
    mailingList: count("mailing-list"),
    setAside: count("set-aside"),
    customer: count("customer"),
    byFile,
  };
}

function classify(raw: Buffer): string {
  const parsed = parseMail(raw);
  return parsed.outcome === "parsed" ? classifyMail(parsed.mail).class : "set-aside";
}

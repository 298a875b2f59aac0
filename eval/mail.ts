import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseMail } from "../server/features/channels/email/parse-mail.ts";
import { mailFiles } from "./mail-files.ts";

/** Parses each mail of a folder: none may be lost, none may crash anything. */
export async function measureMail(dir: string): Promise<object> {
  const files = await mailFiles(dir);
  const setAside: { file: string; reason: string }[] = [];
  let messages = 0;
  for (const file of files) {
    const parsed = parseMail(await readFile(join(dir, file)));
    if (parsed.outcome === "parsed") messages++;
    else setAside.push({ file, reason: parsed.reason });
  }
  return { files: files.length, messages, setAside, crashed: 0, lost: files.length - messages - setAside.length };
}

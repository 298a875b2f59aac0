import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { useFiles } from "../platform/files/index.ts";
import { useSecret } from "../platform/secret.ts";
import { roomyFolder } from "./server.ts";

/** A folder of its own for this test file's files and secret; gone when the process ends. */
export function testFiles(): string {
  const folder = mkdtempSync(join(roomyFolder(), "throughline-files-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  useFiles(join(folder, "files"));
  useSecret(folder);
  return folder;
}

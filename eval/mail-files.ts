import { readdir } from "node:fs/promises";
import { join } from "node:path";

const NOT_MAIL = /(^|\/)(LICENSE|LICENCE|MIT-LICENSE|README|NOTICE|COPYING)(\.\w+)?$|(^|\/)\.|\.(json|md|html)$/i;

/** The mails in a folder and those below it, as paths relative to it, sorted; licences and notes are passed over. */
export async function mailFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, "/").length))
    .filter((path) => !NOT_MAIL.test(path))
    .toSorted();
}

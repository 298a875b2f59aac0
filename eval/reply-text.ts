import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseMail } from "../server/features/channels/email/parse-mail.ts";
import { visibleReply, type VisibleReply } from "../server/features/channels/email/visible-reply.ts";

/**
 * How many mails are separated exactly as expected, compared after trimming.
 * Data sets differ in whether a signature belongs to the reply. We keep both cuts, and either one counts in `exact`;
 * `withoutSignature` counts only the text that is shown. A name is a file, with or without .txt, .eml or .html.
 */
export async function measureReplyText(
  file: string,
  dir: string,
): Promise<{ cases: number; exact: number; withoutSignature: number; misses: string[] }> {
  const expected = readMap(JSON.parse(await readFile(file, "utf8")));
  const misses: string[] = [];
  let shown = 0;
  for (const [name, text] of expected) {
    const reply = await readReply(dir, name);
    if (alike(reply.visible, text)) shown++;
    else if (!alike(reply.withSignature, text)) misses.push(name);
  }
  return { cases: expected.length, exact: expected.length - misses.length, withoutSignature: shown, misses };
}

/** Blanks at the ends of lines cannot be seen; the comparison passes over them as over those at both ends. */
function alike(found: string, expected: string): boolean {
  const plain = (text: string): string =>
    text
      .replace(/\r/g, "")
      .replace(/[ \t]+$/gm, "")
      .trim();
  return plain(found) === plain(expected);
}

async function readReply(dir: string, name: string): Promise<VisibleReply> {
  for (const ending of ["", ".txt", ".eml", ".html"]) {
    const bytes = await readFile(join(dir, name + ending)).catch(() => null);
    if (bytes === null) continue;
    const path = name + ending;
    if (path.endsWith(".html")) return visibleReply({ text: null, html: bytes.toString("utf8") });
    if (!path.endsWith(".eml")) return visibleReply({ text: bytes.toString("utf8"), html: null });
    const parsed = parseMail(bytes);
    return visibleReply(parsed.outcome === "parsed" ? parsed.mail : { text: "", html: null });
  }
  throw new Error(`There is no file for "${name}" in ${dir}.`);
}

function readMap(json: unknown): [string, string][] {
  if (typeof json !== "object" || json === null) throw new Error("The file is no JSON map from name to text.");
  return Object.entries(json).map(([name, text]) => [name, String(text)]);
}

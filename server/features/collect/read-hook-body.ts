import type { Readable } from "node:stream";

export const LARGEST_HOOK = 256 * 1024;

/** What was sent to a hook: its bytes, or where they are more than a hook takes, the beginning. */
export interface Sent {
  bytes: Buffer;
  isWhole: boolean;
  contentType: string;
}

export type HookBody =
  | { outcome: "read"; body: unknown }
  /** `shown`: its beginning, as text. */
  | { outcome: "refused"; status: 400 | 413; reason: string; shown: string };

/** Reads no further than a hook takes; what is left stays unread. */
export function receive(stream: Readable, most = LARGEST_HOOK): Promise<Pick<Sent, "bytes" | "isWhole">> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) end(false);
    };
    const end = (isWhole = true): void => {
      stream.off("data", take).off("end", whole).off("error", reject).pause();
      resolve({ bytes: Buffer.concat(chunks), isWhole });
    };
    const whole = (): void => end();
    stream.on("data", take).on("end", whole).on("error", reject);
  });
}

/** A body of JSON, or a form. */
export function readHookBody({ bytes, isWhole, contentType }: Sent): HookBody {
  const text = bytes.toString("utf8");
  const isForm = contentType.toLowerCase().startsWith("application/x-www-form-urlencoded");
  const refuse = (status: 400 | 413, reason: string): HookBody => ({ outcome: "refused", status, reason, shown: shownText(text, isForm) });
  if (!isWhole) return refuse(413, `It is larger than ${LARGEST_HOOK / 1024} KB.`);
  if (isForm) return { outcome: "read", body: Object.fromEntries(new URLSearchParams(text)) };
  if (text.trim() === "") return refuse(400, "Nothing came with it.");
  try {
    return { outcome: "read", body: JSON.parse(text) };
  } catch {
    return refuse(400, "It is neither JSON nor a form.");
  }
}

const SHOWN = 4_000;

/** Letters that are written by their numbers are shown as letters: people read it, and an erasure looks for their names. */
function shownText(text: string, isForm: boolean): string {
  const beginning = text.slice(0, SHOWN);
  if (isForm) return JSON.stringify(Object.fromEntries(new URLSearchParams(beginning)));
  return beginning.replace(/\\u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

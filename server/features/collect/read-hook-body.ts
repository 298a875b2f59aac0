import { parseJson } from "./json.ts";
import { shownText, type Received } from "./receive.ts";

export const LARGEST_HOOK = 256 * 1024;

/** What was sent to a hook. */
export interface Sent extends Received {
  contentType: string;
}

export type HookBody =
  | { outcome: "read"; body: unknown }
  /** `shown`: its beginning, as text. */
  | { outcome: "refused"; status: 400 | 413; reason: string; shown: string };

/** A body of JSON, or a form. */
export function readHookBody({ bytes, isWhole, contentType }: Sent): HookBody {
  const text = bytes.toString("utf8");
  const isForm = contentType.toLowerCase().startsWith("application/x-www-form-urlencoded");
  const refuse = (status: 400 | 413, reason: string): HookBody => {
    return { outcome: "refused", status, reason, shown: isForm ? shownForm(text) : shownText(text) };
  };
  if (!isWhole) return refuse(413, `It is larger than ${LARGEST_HOOK / 1024} KB.`);
  if (isForm) return { outcome: "read", body: Object.fromEntries(new URLSearchParams(text)) };
  if (text.trim() === "") return refuse(400, "Nothing came with it.");
  try {
    return { outcome: "read", body: parseJson(bytes) };
  } catch {
    return refuse(400, "It is neither JSON nor a form.");
  }
}

const SHOWN = 4_000;

function shownForm(text: string): string {
  return JSON.stringify(Object.fromEntries(new URLSearchParams(text.slice(0, SHOWN))));
}

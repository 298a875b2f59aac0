import { decodeCharset, storableText } from "./decode-charset.ts";
import { isBody } from "./attachments.ts";
import type { Part } from "./walk-parts.ts";

/** What a mail says, in both forms when the sender gave both. Either is null when there is none. */
export interface MailBody {
  text: string | null;
  html: string | null;
}

/** Finds what is to be read in a tree of parts, and everything else, which are its files. */
export function composeBody(root: Part, htmlToText: (html: string) => string): { body: MailBody; files: Part[] } {
  const files: Part[] = [];
  return { body: compose(root), files };

  function compose(part: Part): MailBody {
    if (part.children.length === 0) return leaf(part);
    const bodies = part.children.map(compose);
    return part.type.value === "multipart/alternative" ? best(bodies) : join(bodies);
  }

  function leaf(part: Part): MailBody {
    if (!isBody(part)) {
      if (part.content.length > 0 || part.disposition.value === "attachment") files.push(part);
      return { text: null, html: null };
    }
    const content = storableText(decodeCharset(part.content, part.type.parameters.get("charset")));
    if (part.type.value === "text/html") return { text: null, html: content };
    return { text: isFlowed(part) ? unflow(content, part.type.parameters.get("delsp") === "yes") : content, html: null };
  }

  function join(bodies: MailBody[]): MailBody {
    const filled = bodies.filter((each) => each.text !== null || each.html !== null);
    const anyText = filled.some((each) => each.text !== null);
    const anyHtml = filled.some((each) => each.html !== null);
    return {
      text: anyText ? filled.map((each) => each.text ?? htmlToText(each.html ?? "")).join("\n") : null,
      html: anyHtml ? filled.map((each) => each.html ?? textToHtml(each.text ?? "")).join("\n") : null,
    };
  }
}

/** RFC 2046, 5.1.4: the alternatives are the same; the last of each form is the best. */
function best(bodies: MailBody[]): MailBody {
  return {
    text: bodies.findLast((each) => each.text !== null)?.text ?? null,
    html: bodies.findLast((each) => each.html !== null)?.html ?? null,
  };
}

function textToHtml(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<div style="white-space: pre-wrap">${escaped}</div>`;
}

function isFlowed(part: Part): boolean {
  return part.type.parameters.get("format")?.toLowerCase() === "flowed";
}

/** RFC 3676: a line that ends with a blank goes on in the next of the same quote depth. "-- " stays a line. */
function unflow(text: string, deleteBlank: boolean): string {
  const out: string[] = [];
  let open: string | null = null;
  for (const line of text.split("\n")) {
    const quote = /^>*/.exec(line)?.[0] ?? "";
    const content = line.slice(quote.length).replace(/^ /, "");
    const flows = content.endsWith(" ") && content !== "-- ";
    const last = out.length - 1;
    const kept = flows && deleteBlank ? content.slice(0, -1) : content;
    if (open === quote && content !== "-- " && last >= 0) out[last] += kept;
    else out.push(quote === "" ? kept : `${quote} ${kept}`);
    open = flows ? quote : null;
  }
  return out.join("\n");
}

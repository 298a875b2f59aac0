import { Parser } from "htmlparser2";
import { isHidden, isQuote, isSignature } from "./html-marks.ts";

const MAX_HTML = 1_000_000;
const UNREAD = new Set(["script", "style", "head", "title", "template", "noscript", "object", "svg", "math", "select"]);
const PARAGRAPHS = new Set(["p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"]);
const BLOCKS = new Set([
  "div",
  "tr",
  "li",
  "section",
  "article",
  "header",
  "footer",
  "center",
  "address",
  "dl",
  "dt",
  "dd",
  "form",
  "body",
]);
const VOID = new Set(["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]);

/**
 * Reads an HTML mail as plain text, in the form in which people write plain mail: what a mail program marks as a quote
 * is led by ">", a marked signature by "-- ", a rule is a line of underscores. Hidden text is left out.
 */
export function htmlToText(html: string): string {
  const lines = new Lines();
  const open: OpenElement[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const parent = open.at(-1);
      const element: OpenElement = {
        name,
        unread: (parent?.unread ?? false) || UNREAD.has(name) || isHidden(attributes),
        quote: isQuote(name, attributes) && !(parent?.preset ?? false),
        preset: (parent?.preset ?? false) || name === "pre",
      };
      if (!element.unread) begin(name, attributes, element);
      if (!VOID.has(name)) open.push(element);
    },
    ontext(text) {
      const current = open.at(-1);
      if (current?.unread !== true) lines.write(text, current?.preset ?? false);
    },
    onclosetag(name) {
      if (VOID.has(name)) return;
      const element = open.pop();
      if (element === undefined || element.unread) return;
      if (element.quote) lines.leaveQuote();
      else if (PARAGRAPHS.has(name)) lines.endParagraph();
      else if (BLOCKS.has(name)) lines.endLine();
      else if (name === "td" || name === "th") lines.write(" ", false);
    },
  });
  parser.write(html.slice(0, MAX_HTML));
  parser.end();
  return lines.toString();

  function begin(name: string, attributes: Record<string, string>, element: OpenElement): void {
    if (isSignature(attributes)) lines.beginSignature();
    if (element.quote) lines.enterQuote();
    else if (name === "br") lines.breakLine();
    else if (name === "hr") lines.rule();
    else if (name === "img") lines.write(shortAlternative(attributes["alt"]), false);
    else if (PARAGRAPHS.has(name)) lines.endParagraph();
    else if (BLOCKS.has(name)) lines.endLine();
    if (name === "li") lines.write("- ", true);
  }
}

interface OpenElement {
  name: string;
  unread: boolean;
  quote: boolean;
  preset: boolean;
}

/** Emoji are often sent as images; their alternative text is the sign itself. */
function shortAlternative(alternative: string | undefined): string {
  return alternative !== undefined && [...alternative].length <= 3 ? alternative : "";
}

class Lines {
  readonly #done: string[] = [];
  #line = "";
  /** Kept apart, since looking at the end of a line that grows would read it all each time. */
  #blankBefore = true;
  #depth = 0;

  write(text: string, preset: boolean): void {
    const plain = text.replaceAll("\u00a0", " ").replace(/[\u200b\ufeff]/g, "");
    if (preset) {
      const [first = "", ...rest] = plain.split("\n");
      this.#line += first;
      for (const each of rest) {
        this.breakLine();
        this.#line += each;
      }
      return;
    }
    const collapsed = plain.replace(/[ \t\n\r\f]+/g, " ");
    const added = this.#blankBefore ? collapsed.replace(/^ /, "") : collapsed;
    if (added === "") return;
    this.#line += added;
    this.#blankBefore = added.endsWith(" ");
  }

  breakLine(): void {
    const prefix = ">".repeat(this.#depth);
    const line = this.#line.trimEnd();
    this.#done.push(prefix === "" ? line : `${prefix} ${line}`.trimEnd());
    this.#line = "";
    this.#blankBefore = true;
  }

  endLine(): void {
    if (this.#line.trim() !== "") this.breakLine();
    this.#line = "";
    this.#blankBefore = true;
  }

  endParagraph(): void {
    this.endLine();
    const last = this.#done.at(-1);
    if (last !== undefined && last.replace(/^>+/, "") !== "") this.breakLine();
  }

  rule(): void {
    this.endLine();
    this.#line = "_".repeat(32);
    this.breakLine();
  }

  beginSignature(): void {
    this.endLine();
    this.#done.push(`${">".repeat(this.#depth)}-- `);
  }

  enterQuote(): void {
    this.endLine();
    this.#depth = Math.min(this.#depth + 1, 20);
  }

  leaveQuote(): void {
    this.endLine();
    this.#depth = Math.max(this.#depth - 1, 0);
  }

  toString(): string {
    this.endLine();
    return this.#done
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();
  }
}

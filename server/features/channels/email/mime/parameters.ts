import { decodeCharset } from "./decode-charset.ts";
import { decodeWords } from "./decode-words.ts";

/** The value of a structured field, such as `text/plain; charset=utf-8`, taken apart. */
export interface StructuredValue {
  value: string;
  parameters: Map<string, string>;
}

const PARAMETER = /;?\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)/g;

/** Reads a Content-Type or Content-Disposition with its parameters, those of RFC 2231 (split, encoded) too. */
export function readStructured(field: string | undefined): StructuredValue {
  const text = (field ?? "").slice(0, 20_000);
  const semicolon = text.indexOf(";");
  const value = (semicolon < 0 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  const raw = new Map<string, string>();
  if (semicolon >= 0) {
    for (const [, name = "", content = ""] of text.slice(semicolon).matchAll(PARAMETER)) {
      if (!raw.has(name.toLowerCase())) raw.set(name.toLowerCase(), unquote(content.trim()));
    }
  }
  return { value, parameters: joinContinuations(raw) };
}

function unquote(content: string): string {
  if (!content.startsWith('"')) return content;
  return content.replace(/^"|"$/g, "").replace(/\\(["\\])/g, "$1");
}

interface Section {
  index: number;
  encoded: boolean;
  content: string;
}

function joinContinuations(raw: Map<string, string>): Map<string, string> {
  const parameters = new Map<string, string>();
  const sections = new Map<string, Section[]>();
  for (const [key, content] of raw) {
    const [, name, index, star] = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(key) ?? [];
    if (name === undefined || (index === undefined && star === undefined)) {
      parameters.set(key, decodeWords(content));
      continue;
    }
    const list = sections.get(name) ?? [];
    list.push({ index: Number(index ?? 0), encoded: star !== undefined, content });
    sections.set(name, list);
  }
  for (const [name, list] of sections) parameters.set(name, joinSections(list));
  return parameters;
}

function joinSections(list: Section[]): string {
  const ordered = list.toSorted((a, b) => a.index - b.index);
  const first = ordered[0];
  const [, charset, rest] = first?.encoded ? (/^([^']*)'[^']*'(.*)$/s.exec(first.content) ?? []) : [];
  if (first !== undefined && rest !== undefined) first.content = rest;
  const chunks = ordered.map((each) => (each.encoded ? percentBytes(each.content) : Buffer.from(each.content, "utf8")));
  return decodeCharset(Buffer.concat(chunks), charset);
}

function percentBytes(content: string): Buffer {
  const bytes: Buffer[] = [];
  for (const [token] of content.matchAll(/%[0-9a-fA-F]{2}|[^%]+|%/g)) {
    bytes.push(/^%[0-9a-fA-F]{2}$/.test(token) ? Buffer.from(token.slice(1), "hex") : Buffer.from(token, "utf8"));
  }
  return Buffer.concat(bytes);
}

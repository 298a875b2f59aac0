import { escapeHtml, plainPage } from "../../platform/http/index.ts";
import { tellEvent } from "./event-words.ts";
import type { Export } from "./export-person.ts";
import { labelOf, momentOf, PARTS, valueOf } from "./export-words.ts";

export interface Reader {
  company: string;
  /** Name or address of the person. */
  person: string;
  /** Of the company, by which moments are told. */
  timeZone: string;
}

/** The same as a page that a person can read and print, without script: who they are first, then what happened, in words. */
export function exportPage({ exportedAt, data }: Export, { company, person, timeZone }: Reader): string {
  const order = [...Object.keys(PARTS).filter((kind) => kind in data), ...Object.keys(data).filter((kind) => !(kind in PARTS))];
  const title = `What ${company} knows of ${person}`;
  const written = `<h1>${escapeHtml(title)}</h1><p>Written on ${momentOf(new Date(exportedAt), timeZone)}. All times are those of ${escapeHtml(timeZone)}.</p>`;
  return plainPage(title, written + order.map((kind) => part(kind, data[kind] ?? [], timeZone)).join(""), STYLE);
}

function part(kind: string, items: readonly unknown[], timeZone: string): string {
  const tell = kind === "interactions" ? happenedHtml : itemHtml;
  const told = items.length === 0 ? "<p>Nothing.</p>" : items.map((item) => tell(item, timeZone)).join("");
  const count = kind === "profile" ? "" : ` <small>${items.length}</small>`;
  return `<section><h2>${escapeHtml(PARTS[kind] ?? labelOf(kind))}${count}</h2>${told}</section>`;
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;color:light-dark(#16211e,#e7ecea);background:light-dark(#fff,#0e1312)}
main{max-width:760px;margin:0 auto;padding:32px 20px}h1{font-size:24px;line-height:1.3;margin:0 0 8px}h2{margin:32px 0 8px;font-size:18px}small,time{color:light-dark(#5d6764,#909996);font-weight:400}
article{padding:10px 0;border-top:1px solid light-dark(#d9e0dd,#2a3331)}article p{margin:0}time{display:block;font-size:14px}
dl{display:grid;grid-template-columns:minmax(100px,max-content) 1fr;gap:2px 16px;margin:0;padding:2px 0}dd:has(>dl){grid-column:1/-1;padding-left:12px;border-left:2px solid light-dark(#d9e0dd,#2a3331)}dd>dl+dl{margin-top:8px}
dt{color:light-dark(#5d6764,#909996)}dd{margin:0;min-width:0;overflow-wrap:anywhere;white-space:pre-wrap}@media(max-width:480px){dl{grid-template-columns:2fr 3fr}}`;

/** A row of the log: when, what, by which way, and what else is kept of it. */
function happenedHtml(item: unknown, timeZone: string): string {
  if (!isRecord(item)) return itemHtml(item, timeZone);
  const { occurredAt, kind, properties, ...rest } = item;
  const kept = isRecord(properties) ? properties : {};
  const { words, said } = tellEvent(String(kind), kept);
  const more = Object.entries(kept).filter(([name]) => !said.has(name));
  const when = valueOf("occurredAt", occurredAt, timeZone);
  return `<article><time>${escapeHtml(when)}</time><p>${escapeHtml(words)}</p>${rowsHtml([...more, ...Object.entries(rest)], timeZone)}</article>`;
}

function itemHtml(item: unknown, timeZone: string): string {
  return `<article>${isRecord(item) ? rowsHtml(Object.entries(item), timeZone) : `<p>${escapeHtml(String(item))}</p>`}</article>`;
}

function rowsHtml(entries: readonly [string, unknown][], timeZone: string): string {
  const rows = entries.filter(([, value]) => !isNothing(value));
  if (rows.length === 0) return "";
  return `<dl>${rows.map(([key, value]) => `<dt>${escapeHtml(labelOf(key))}</dt><dd>${valueHtml(key, value, timeZone)}</dd>`).join("")}</dl>`;
}

function valueHtml(key: string, value: unknown, timeZone: string): string {
  if (Array.isArray(value))
    return value.map((each) => (isRecord(each) ? valueHtml(key, each, timeZone) : `<p>${valueHtml(key, each, timeZone)}</p>`)).join("");
  return isRecord(value) ? rowsHtml(Object.entries(value), timeZone) : escapeHtml(valueOf(key, value, timeZone));
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

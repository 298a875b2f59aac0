import { escapeHtml, plainPage } from "../../platform/http/index.ts";
import type { Export } from "./export-person.ts";

/** The same as a page that a person can read and print, without script. */
export function exportPage({ exportedAt, data }: Export): string {
  const sections = Object.entries(data).map(
    ([kind, items]) =>
      `<section><h2>${escapeHtml(words(kind))} <small>${items.length}</small></h2>${items.length === 0 ? "<p>Nothing.</p>" : items.map(itemHtml).join("")}</section>`,
  );
  const written = `<h1>What is known of you</h1><p>Written on ${escapeHtml(exportedAt.slice(0, 10))}.</p>`;
  return plainPage("What is known of you", written + sections.join(""), STYLE);
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;color:light-dark(#16211e,#e7ecea);background:light-dark(#fff,#0e1312)}
main{max-width:760px;margin:0 auto;padding:32px 20px}h2{margin:32px 0 8px;font-size:18px}small{color:light-dark(#5d6764,#909996);font-weight:400}
dl{display:grid;grid-template-columns:minmax(120px,max-content) 1fr;gap:2px 16px;margin:0 0 12px;padding:10px 0;border-top:1px solid light-dark(#d9e0dd,#2a3331)}
dt{color:light-dark(#5d6764,#909996)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}`;

function itemHtml(item: unknown): string {
  if (typeof item !== "object" || item === null) return `<p>${escapeHtml(String(item))}</p>`;
  const rows = Object.entries(item).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return `<dl>${rows.map(([key, value]) => `<dt>${escapeHtml(words(key))}</dt><dd>${valueHtml(value)}</dd>`).join("")}</dl>`;
}

function valueHtml(value: unknown): string {
  if (Array.isArray(value)) return value.map(itemHtml).join("");
  if (value instanceof Date) return escapeHtml(value.toISOString().slice(0, 16).replace("T", " "));
  if (typeof value === "object" && value !== null) return itemHtml(value);
  return escapeHtml(String(value));
}

/** "firstSeenAt" → "First seen at" */
function words(key: string): string {
  const spaced = key
    .replaceAll(/[._-]/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

import type { Preference } from "./preferences.ts";

const STYLE = `
:root{color-scheme:light dark;--ground:light-dark(#f1f5f3,#0e1312);--paper:light-dark(#fff,#1c2321);--text:light-dark(#16211e,#e7ecea);--quiet:light-dark(#5d6764,#909996);--edge:light-dark(#7f8985,#6c7774);--ink:light-dark(#172623,#e3eae7);--on-ink:light-dark(#fafcfb,#0e1613)}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:min(440px,100%);padding:32px 24px}h1{font-size:22px;line-height:1.3;margin:0 0 12px}p{margin:0 0 20px;color:var(--quiet)}
fieldset{border:0;padding:0;margin:0 0 20px;display:grid;gap:8px}legend{padding:0;margin:0 0 8px;font-weight:600}
label{display:flex;gap:12px;align-items:center;min-height:44px;padding:0 12px;background:var(--paper);border:1px solid var(--edge);border-radius:6px}
input{accent-color:var(--ink);width:18px;height:18px;margin:0}
button{min-height:44px;padding:0 20px;font:inherit;font-weight:600;color:var(--on-ink);background:var(--ink);border:0;border-radius:6px;cursor:pointer}
a{color:inherit}:focus-visible{outline:2px solid var(--ink);outline-offset:2px}`;

interface Page {
  company: string;
  token: string;
}

export function preferencePage({ company, token, preferences }: Page & { preferences: readonly Preference[] }): string {
  const choices = preferences.map(
    ({ choice, granted }) =>
      `<label><input type="checkbox" name="${choice.channel}.${choice.class}"${granted ? " checked" : ""}> ${escapeHtml(choice.wording)}</label>`,
  );
  return documentOf(
    `What may ${company} send you?`,
    `<h1>What may ${escapeHtml(company)} send you?</h1>
<p>Answers to what you write, and news of your orders, always reach you.</p>
<form method="post" action="/preferences/${token}"><fieldset><legend>You decide</legend>${choices.join("")}</fieldset>
<button type="submit">Save</button></form>`,
  );
}

export function savedPage({ company, token }: Page): string {
  return documentOf(
    "Saved",
    `<h1>Saved.</h1><p>${escapeHtml(company)} will keep to it from now on.</p><a href="/preferences/${token}">Look again</a>`,
  );
}

function documentOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

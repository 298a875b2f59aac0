import { RATINGS } from "./ask-letter.ts";
import { escapeHtml } from "./escape-html.ts";

const STYLE = `
:root{color-scheme:light dark;--ground:light-dark(#f1f5f3,#0e1312);--paper:light-dark(#fff,#1c2321);--text:light-dark(#16211e,#e7ecea);--quiet:light-dark(#5d6764,#909996);--edge:light-dark(#7f8985,#6c7774);--ink:light-dark(#172623,#e3eae7);--on-ink:light-dark(#fafcfb,#0e1613)}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:min(440px,100%);padding:32px 24px}h1{font-size:22px;line-height:1.3;margin:0 0 20px;letter-spacing:-.01em}p{margin:0 0 16px}
fieldset{border:0;padding:0;margin:0 0 20px;display:grid;gap:8px}legend{padding:0;margin:0 0 8px;font-weight:600}
label.choice{display:flex;gap:12px;align-items:center;min-height:44px;padding:0 12px;background:var(--paper);border:1px solid var(--edge);border-radius:6px}
label.choice:has(input:checked){border-color:var(--ink);box-shadow:inset 0 0 0 1px var(--ink);font-weight:600}
input[type=radio]{accent-color:var(--ink);width:18px;height:18px;margin:0}textarea{display:block;width:100%;min-height:110px;margin:6px 0 20px;padding:10px 12px;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:6px}
button{min-height:44px;padding:0 20px;font:inherit;font-weight:600;color:var(--on-ink);background:var(--ink);border:0;border-radius:6px;cursor:pointer}
a{color:inherit}small,.quiet{color:var(--quiet)}:focus-visible{outline:2px solid var(--ink);outline-offset:2px}`;

function documentOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>`;
}

export function ratingPage({
  company,
  token,
  rating,
  comment,
}: {
  company: string;
  token: string;
  rating: number;
  comment: string;
}): string {
  const choices = RATINGS.map((label, index) => {
    const value = index + 1;
    return `<label class="choice"><input type="radio" name="rating" value="${value}"${value === rating ? " checked" : ""} required> ${value}, ${label.toLowerCase()}</label>`;
  }).join("\n");
  return documentOf(
    `How did ${company} do?`,
    `<h1>How did we do?</h1>
<form method="post" action="/rate/${token}">
<fieldset><legend>Your rating of ${escapeHtml(company)}</legend>${choices}</fieldset>
<label for="comment">Would you like to say why? <span class="quiet">You need not.</span></label>
<textarea id="comment" name="comment" maxlength="5000">${escapeHtml(comment)}</textarea>
<button type="submit">Send my rating</button>
</form>`,
  );
}

export function thanksPage({ company, token, rating }: { company: string; token: string; rating: number }): string {
  return documentOf(
    "Thank you",
    `<h1>Thank you.</h1><p>Your rating has reached ${escapeHtml(company)}: ${rating} of 5.</p><p><a href="/rate/${token}/${rating}">Change it</a> <span class="quiet">within a week</span></p>`,
  );
}

export function stopPage({ company, token }: { company: string; token: string }): string {
  return documentOf(
    "No more questions",
    `<h1>Shall we stop asking?</h1><p>${escapeHtml(company)} will not ask you again how it was. Answers to what you write will still reach you.</p>
<form method="post" action="/rate/${token}/stop"><button type="submit">Do not ask me again</button></form>`,
  );
}

export function stoppedPage({ company }: { company: string }): string {
  return documentOf("Done", `<h1>Done.</h1><p>${escapeHtml(company)} will not ask you again.</p>`);
}

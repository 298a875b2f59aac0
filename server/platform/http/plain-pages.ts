import type { FastifyReply } from "fastify";
import { log } from "../log.ts";
import type { Problem } from "../errors.ts";
import { asProblem } from "./problems.ts";
import type { RoomApp } from "./server.ts";

/** Pages for customers, outside the members' interface: one column, without script, safe to open by anybody with the link. */

const LARGEST_FORM = 20_000;
const CSP = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Lets the routes of `app` read forms, keeps their pages out of caches, indexes and frames, and says what is wrong as a page too. */
export function servePlainPages(app: RoomApp): void {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: LARGEST_FORM }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.addHook("onSend", async (_request, reply, payload) => {
    keepPlain(reply);
    return payload;
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error);
    if (problem.status === 500) log.error("page failed", { method: request.method, url: request.url, error });
    sendApology(reply, problem);
  });
}

/**
 * What mail programs post by themselves (RFC 8058, 3.2) may have any form, `multipart/form-data` as a rule. All that it
 * says is in the address, and what is sent is not looked at.
 */
export function takeOneClicks(app: RoomApp): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST_FORM }, (_request, _body, done) => done(null, null));
}

/** What is wrong, for somebody who followed a link from a message. */
export function sendApology(reply: FastifyReply, problem: Problem): void {
  const isOurs = problem.status >= 500 || problem.status === 429;
  const [title, words] = isOurs
    ? ["That did not work just now.", "Please try again in a few minutes."]
    : ["This page is not there.", "The link may be cut short, or old. Open it once more from the message in which it came."];
  keepPlain(reply);
  void reply
    .code(problem.status)
    .type("text/html")
    .send(plainPage(title, `<h1>${title}</h1><p class="quiet">${words}</p>`));
}

function keepPlain(reply: FastifyReply): void {
  void reply
    .header("content-security-policy", CSP)
    .header("x-robots-tag", "noindex")
    .header("referrer-policy", "no-referrer")
    .header("cache-control", "no-store");
}

const STYLE = `
:root{color-scheme:light dark;--ground:light-dark(#f1f5f3,#0e1312);--paper:light-dark(#fff,#1c2321);--text:light-dark(#16211e,#e7ecea);--quiet:light-dark(#5d6764,#909996);--edge:light-dark(#7f8985,#6c7774);--ink:light-dark(#172623,#e3eae7);--on-ink:light-dark(#fafcfb,#0e1613)}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:min(440px,100%);padding:32px 24px}h1{font-size:22px;line-height:1.3;margin:0 0 20px;letter-spacing:-.01em}p{margin:0 0 16px}
fieldset{border:0;padding:0;margin:0 0 20px;display:grid;gap:8px}legend{padding:0;margin:0 0 8px;font-weight:600}
label.choice{display:flex;gap:12px;align-items:center;min-height:44px;padding:0 12px;background:var(--paper);border:1px solid var(--edge);border-radius:6px}
label.choice:has(input:checked){border-color:var(--ink);box-shadow:inset 0 0 0 1px var(--ink);font-weight:600}
input[type=radio],input[type=checkbox]{accent-color:var(--ink);width:18px;height:18px;margin:0;flex:none}textarea{display:block;width:100%;min-height:110px;margin:6px 0 20px;padding:10px 12px;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:6px}
button{min-height:44px;padding:0 20px;font:inherit;font-weight:600;color:var(--on-ink);background:var(--ink);border:0;border-radius:6px;cursor:pointer}
form+p{margin-top:20px}a{color:inherit}small,.quiet{color:var(--quiet)}:focus-visible{outline:2px solid var(--ink);outline-offset:2px}`;

/** @param body HTML: whatever is not ours in it has gone through `escapeHtml` */
export function plainPage(title: string, body: string, style = STYLE): string {
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body></html>`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

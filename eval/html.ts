import { readFile } from "node:fs/promises";
import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser, type BrowserContext, type Page } from "playwright-core";
import { sanitiseHtml } from "../server/features/channels/email/sanitise-html.ts";

export interface HtmlMeasure {
  cases: number;
  executed: number;
  loaded: number;
  /** The first payloads that ran or fetched something; left out when none did. */
  ran?: string[];
  fetched?: string[];
}

const SETTLING_MS = 20;
const ORIGIN = "http://sanitised.test";

const SET_TRAPS = `
  window.trapped = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open", "fetch"]) window[name] = () => window.trapped.push(name);
`;

/** Moves over, focuses and touches everything, as a person might; then looks for what was called or still could be. */
const PROVOKE = `(() => {
  for (const element of document.body.querySelectorAll("*")) {
    for (const type of ["mouseover", "mouseenter", "focus", "pointerdown", "wheel", "animationend", "toggle"]) {
      element.dispatchEvent(new Event(type, { bubbles: true }));
    }
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || /^\\s*(javascript|vbscript|data:text)/i.test(value)) return true;
    }
  }
  return window.trapped.length > 0;
})()`;

/**
 * What a real Chromium runs or loads of each payload after our sanitiser. The page has no content security policy and no
 * sandbox, which protect the members besides: here the sanitiser stands alone.
 */
export async function measureHtml(file: string, sanitise: (html: string) => string = sanitiseHtml): Promise<HtmlMeasure> {
  const payloads = readPayloads(JSON.parse(await readFile(file, "utf8")));
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args, "--no-sandbox"],
    headless: true,
  });
  try {
    return await measure(browser, payloads, sanitise);
  } finally {
    await browser.close();
  }
}

async function measure(browser: Browser, payloads: string[], sanitise: (html: string) => string): Promise<HtmlMeasure> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const loads: { payload: number; url: string }[] = [];
  const executed = new Set<number>();
  let current = 0;
  await context.route("**/*", async (route) => {
    const url = route.request().url();
    if (url === `${ORIGIN}/${current}`) {
      await route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><body>${sanitise(payloads[current] ?? "")}` });
      return;
    }
    if (url !== `${ORIGIN}/favicon.ico`) loads.push({ payload: current, url });
    await route.abort();
  });
  const page = await openPage(context, () => executed.add(current));
  for (current = 0; current < payloads.length; current++) {
    if (await provoke(page, `${ORIGIN}/${current}`)) executed.add(current);
  }
  const loaded = new Set(loads.map((each) => each.payload));
  return { cases: payloads.length, executed: executed.size, loaded: loaded.size, ...named(payloads, executed, loaded) };
}

/** A page whose debugger tells of every script that the document itself brings, run or not. */
async function openPage(context: BrowserContext, onScript: () => void): Promise<Page> {
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  debug.on("Debugger.scriptParsed", (script) => {
    if (script.url.startsWith(ORIGIN) || /^(javascript|data|blob):/.test(script.url)) onScript();
  });
  await debug.send("Debugger.enable");
  page.on("dialog", (dialog) => {
    onScript();
    void dialog.dismiss();
  });
  await page.addInitScript({ content: SET_TRAPS });
  return page;
}

/** True when a trap was called, something that could run is left, or the page went elsewhere by itself. */
async function provoke(page: Page, url: string): Promise<boolean> {
  try {
    await page.goto(url, { waitUntil: "load" });
    await page.waitForTimeout(SETTLING_MS);
    return (await page.evaluate(PROVOKE)) === true;
  } catch {
    return true;
  }
}

function named(payloads: string[], executed: Set<number>, loaded: Set<number>): Pick<HtmlMeasure, "ran" | "fetched"> {
  const list = (of: Set<number>): string[] => [...of].slice(0, 20).map((index) => payloads[index]?.slice(0, 200) ?? "");
  return executed.size + loaded.size === 0 ? {} : { ran: list(executed), fetched: list(loaded) };
}

function readPayloads(json: unknown): string[] {
  if (!Array.isArray(json)) throw new Error("The file is no JSON list of {payload}.");
  return json.map((each: unknown) => {
    const payload: unknown = typeof each === "object" && each !== null ? Reflect.get(each, "payload") : each;
    return String(payload);
  });
}

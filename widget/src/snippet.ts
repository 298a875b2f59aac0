import { Line } from "./line.ts";
import { watchPages } from "./pages.ts";
import { forget, hasRefused, mayStore, refuse, remembered } from "./visitor.ts";

type Traits = Record<string, unknown>;
type Call = [what: string, ...words: unknown[]];

interface Throughline {
  (...call: Call): void;
  q?: ArrayLike<unknown>[];
  isStarted?: boolean;
}

declare global {
  interface Window {
    throughline?: Throughline;
  }
}

/** Starts once a page, however often the page has the script run: reads its own script tag, does what was asked for before it came, and then what is asked. */
function start(): void {
  const tag = document.currentScript ?? document.querySelector("script[data-key][src*='/t.js']");
  const key = tag?.getAttribute("data-key");
  const src = tag?.getAttribute("src");
  if (!tag || !key || !src || window.throughline?.isStarted) return;
  const line = new Line(new URL("/v1/batch", new URL(src, location.href)).href, key);
  const isAsked = tag.getAttribute("data-consent") === "ask";
  let isAllowed = isAsked ? mayStore() : !hasRefused();
  let isWatching = false;

  const tell = (type: string, rest: Traits): void => {
    if (!isAllowed) return;
    const { anonymousId, userId } = remembered();
    line.add({ type, anonymousId, ...(userId ? { userId } : {}), ...rest, context: contextOf() });
  };
  const verbs: Record<string, (...words: unknown[]) => void> = {
    page: (name, properties) =>
      tell("page", { ...(typeof name === "string" ? { name } : {}), properties: { ...pageOf(), ...traitsOf(properties) } }),
    track(event, properties) {
      if (typeof event === "string" && event.trim() !== "") tell("track", { event, properties: traitsOf(properties) });
    },
    identify(userId, traits) {
      if (!isAllowed) return;
      const isId = typeof userId === "string" || typeof userId === "number";
      if (isId) remembered({ userId: String(userId) });
      tell("identify", { traits: traitsOf(isId ? traits : userId) });
    },
    /** Signing out: somebody new from now on. What was agreed to is the browser's. */
    reset() {
      if (!isAllowed) return;
      const isAgreed = mayStore();
      forget();
      if (isAgreed) mayStore(true);
    },
    /** Many pages say it anew each time they load: what was agreed to before is no news. */
    consent(given) {
      const isNews = given === true && !isAllowed;
      isAllowed = given === true;
      if (isAllowed) {
        mayStore(true);
        if (isNews && isWatching) verbs["page"]?.();
      } else {
        line.drop();
        if (isAsked) forget();
        else refuse();
      }
    },
  };
  // Whatever a page asks for, it does not break by it.
  const run = (call: ArrayLike<unknown>): void => {
    const [what, ...words] = Array.from(call);
    try {
      if (typeof what === "string" && Object.hasOwn(verbs, what)) verbs[what]?.(...words);
    } catch (error) {
      console.warn("Throughline could not take this:", what, error);
    }
  };

  const waiting = window.throughline?.q ?? [];
  window.throughline = Object.assign((...call: Call) => run(call), { isStarted: true });
  for (const call of waiting) run(call);
  isWatching = true;
  watchPages(() => verbs["page"]?.());
}

function pageOf(): Traits {
  return { path: location.pathname, title: document.title, url: location.href, referrer: document.referrer, search: location.search };
}

function contextOf(): Traits {
  const campaign: Traits = {};
  new URLSearchParams(location.search).forEach((value, name) => {
    if (name.startsWith("utm_")) campaign[name === "utm_campaign" ? "name" : name.slice(4)] = value;
  });
  return {
    page: pageOf(),
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    userAgent: navigator.userAgent,
    screen: { width: screen.width, height: screen.height },
    library: { name: "throughline", version: "1" },
    ...(Object.keys(campaign).length > 0 ? { campaign } : {}),
  };
}

function traitsOf(value: unknown): Traits {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

start();

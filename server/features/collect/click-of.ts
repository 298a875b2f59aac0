import { isJson, objectAt, textOf, type Json } from "./json.ts";

/** A click on an advert or a marked link, as the page it led to tells of it. */
export interface Click {
  /** What makes it this click and no other; without an id of its own, one each day. */
  key: string;
  hasOwnId: boolean;
  properties: Json;
}

/** Ids that advertisers put into an address, one for each click. */
const CLICK_IDS = [
  "gclid",
  "gbraid",
  "wbraid",
  "dclid",
  "fbclid",
  "msclkid",
  "ttclid",
  "twclid",
  "li_fat_id",
  "sccid",
  "epik",
  "yclid",
  "rdt_cid",
];
const MARKED = new RegExp(`[?&](?:utm_[a-z_]+|${CLICK_IDS.join("|")})=`, "i");
const LONGEST = 500;

/** The click that led here, by `context.campaign` or by the page's address; null when there was none. */
export function clickOf(event: Json): Click | null {
  const context = objectAt(event, "context");
  const url = addressOf(event, context);
  const campaign = campaignIn(context["campaign"]);
  if (campaign === null && (url === null || !MARKED.test(url))) return null;

  const query = queryOf(url ?? "");
  const marks = campaign ?? campaignIn(Object.fromEntries([...query].flatMap(([name, value]) => utm(name, value))));
  const id = CLICK_IDS.find((name) => textOf(query.get(name)) !== null);
  const clickId = id === undefined ? null : { kind: id, value: query.get(id)?.slice(0, LONGEST) };
  if (marks === null && clickId === null) return null;
  return {
    key: clickId === null ? JSON.stringify(marks) : `${clickId.kind}=${clickId.value}`,
    hasOwnId: clickId !== null,
    properties: {
      name: marks?.["name"] ?? null,
      campaign: marks ?? {},
      clickId,
      url: url?.slice(0, 2000) ?? null,
      referrer: referrerOf(context),
    },
  };
}

/** Each name in small letters: advertisers write them in their own way (`ScCid`). */
function queryOf(url: string): URLSearchParams {
  const given = new URLSearchParams(url.slice(url.indexOf("?") + 1).split("#")[0]);
  return new URLSearchParams([...given].map(([name, value]) => [name.toLowerCase(), value]));
}

function addressOf(event: Json, context: Json): string | null {
  const page = objectAt(context, "page");
  const url = textOf(page["url"]) ?? textOf(objectAt(event, "properties")["url"]);
  if (url?.includes("?")) return url;
  const search = textOf(page["search"]);
  return search === null ? null : `${url ?? ""}${search.startsWith("?") ? "" : "?"}${search}`;
}

/** The spec calls utm_campaign `name`; the rest keep their names. */
function utm(name: string, value: string): [string, string][] {
  const mark = /^utm_([a-z_]+)$/.exec(name)?.[1];
  return mark === undefined ? [] : [[mark === "campaign" ? "name" : mark, value]];
}

function campaignIn(value: unknown): Json | null {
  if (!isJson(value)) return null;
  const marks = Object.entries(value).flatMap(([name, each]) => {
    const text = textOf(each)?.slice(0, LONGEST);
    return text === undefined ? [] : [[name, text] as const];
  });
  return marks.length === 0 ? null : Object.fromEntries(marks.slice(0, 20));
}

function referrerOf(context: Json): string | null {
  return (textOf(objectAt(context, "page")["referrer"]) ?? textOf(objectAt(context, "referrer")["url"]))?.slice(0, 2000) ?? null;
}

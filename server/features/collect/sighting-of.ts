import { isJson, objectAt, textOf, wordsOf, type Json } from "./json.ts";
import type { Sighting, Traits } from "../customers/index.ts";

type Identity = Sighting["identities"][number];

/** Whom an event shows: everything in it that they are known by, the surest first, and what it says of them. */
export function sightingOf(event: Json, type: string, by: { at: Date; source: string; isVerified: boolean }): Sighting {
  const context = objectAt(event, "context");
  const traits = type === "group" ? objectAt(context, "traits") : { ...objectAt(context, "traits"), ...objectAt(event, "traits") };
  const identities: Identity[] = [];
  const add = (kind: Identity["kind"], value: unknown): void => {
    const text = textOf(value);
    if (text !== null && !identities.some((each) => each.kind === kind && each.value === text)) identities.push({ kind, value: text });
  };

  const userId = event["userId"] ?? event["user_id"];
  const anonymousId = event["anonymousId"] ?? event["anonymous_id"];
  add("user_id", userId);
  add("anonymous_id", anonymousId);
  if (type === "alias") addPrevious(event["previousId"], anonymousId, add);
  if (typeof userId === "string" && isEmail(userId)) add("email", userId);
  add("email", traits["email"]);
  add("phone", traits["phone"]);
  for (const each of otherIds(event, context)) add(each.kind, each.value);
  return { identities, ...by, traits: type === "identify" ? traitsOf(traits, context) : null };
}

/** An alias joins the id that a device had, or a number by which the customer went before. */
function addPrevious(previousId: unknown, anonymousId: unknown, add: (kind: Identity["kind"], value: unknown) => void): void {
  const isDevice = previousId === anonymousId || (typeof previousId === "string" && UUID.test(previousId));
  add(isDevice ? "anonymous_id" : "user_id", previousId);
  if (typeof previousId === "string" && isEmail(previousId)) add("email", previousId);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** Social networks: an id there is a handle. */
const NETWORKS = new Set([
  "bluesky",
  "facebook",
  "instagram",
  "linkedin",
  "mastodon",
  "telegram",
  "threads",
  "tiktok",
  "twitter",
  "x",
  "youtube",
]);

/** Ids in other systems (`externalIds`, or RudderStack's `externalId`): `[{ id, type }]`; `instagram:maria` for a handle. */
function otherIds(event: Json, context: Json): Identity[] {
  const given = context["externalIds"] ?? context["externalId"] ?? event["externalIds"];
  if (!Array.isArray(given)) return [];
  return given.slice(0, 10).flatMap((each: unknown): Identity[] => {
    const [id, type] = isJson(each) ? [textOf(each["id"]), textOf(each["type"])] : [null, null];
    if (id === null || type === null) return [];
    const isSocial = NETWORKS.has(type.toLowerCase());
    return [isSocial ? { kind: "social", value: `${type}:${id.replace(/^@/, "")}` } : { kind: "external", value: `${type}:${id}` }];
  });
}

const KNOWN = new Set(["name", "firstName", "lastName", "email", "phone", "id"]);

function traitsOf(traits: Json, context: Json): Traits {
  const fullName = [wordsOf(traits["firstName"]), wordsOf(traits["lastName"])].filter((part) => part !== null).join(" ");
  return {
    name: wordsOf(traits["name"]) ?? (fullName === "" ? undefined : fullName),
    email: wordsOf(traits["email"]),
    phone: textOf(traits["phone"]),
    locale: wordsOf(context["locale"]),
    timeZone: wordsOf(context["timezone"]),
    fields: Object.fromEntries(Object.entries(traits).filter(([name]) => !KNOWN.has(name))),
  };
}

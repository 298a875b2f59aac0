import type { NewInteraction } from "../interactions/index.ts";
import { storableJson } from "../../platform/db/index.ts";
import { clickOf } from "./click-of.ts";
import { isDeeper, isJson, objectAt, textOf, type Json } from "./json.ts";
import { keyOf, type Alike } from "./key-of.ts";
import { momentOf, type Happened } from "./moment-of.ts";
import type { Placing } from "./placing.ts";
import { sightingOf } from "./sighting-of.ts";
import type { Sighting } from "../customers/index.ts";

export const LARGEST_EVENT = 32 * 1024;
const DEEPEST = 40;
export const TOO_DEEP = `It is nested more than ${DEEPEST} levels deep.`;

/** An event that can be recorded as soon as it is known whose it is. */
export interface ReadEvent {
  sighting: Sighting;
  /** The event itself, after the click that led to it. */
  interactions: Omit<NewInteraction, "customerId">[];
  /** As it came, for the list of what was not taken. */
  came: unknown;
  /** Which of several made of one body it is, in words. */
  which?: string;
  /** What to say when it gives nothing by which anybody could be known. */
  unnamed: string;
}

export interface Refused {
  reason: string;
  event: unknown;
}

/** What is the same for every event of a request. */
export interface Reading {
  source: { id: string; kind: "server" | "browser" };
  receivedAt: Date;
  /** Of the request; an event's own wins. */
  sentAt?: unknown;
  context?: unknown;
  alike: Alike;
  /** What the address says the events are; undefined where each says it itself. */
  type?: string;
  place: (kind: string, name: string | null) => Placing;
}

const UNNAMED = "It does not say whose it is: userId and anonymousId are missing, empty or no text.";

const KINDS: ReadonlyMap<string, string> = new Map([
  ["track", "event.tracked"],
  ["page", "page.viewed"],
  ["screen", "screen.viewed"],
  ["identify", "customer.identified"],
  ["group", "customer.grouped"],
  ["alias", "customer.aliased"],
]);

/** Reads one event of the tracking API. What is unknown or odd in it is kept as it came. */
export function readEvent(given: unknown, reading: Reading): ReadEvent | Refused {
  if (!isJson(given)) return { reason: "An event is an object.", event: given };
  if (isTooDeep(given)) return { reason: TOO_DEEP, event: given };
  const type = reading.type ?? textOf(given["type"] ?? given["action"])?.toLowerCase() ?? (given["event"] === undefined ? null : "track");
  if (type === null) return { reason: "It does not say what it is: `type` is missing.", event: given };
  const kind = KINDS.get(type) ?? "event.tracked";
  const name = nameOf(given, type, kind);
  if (name === null && kind === "event.tracked") return { reason: "It has no name: `event` is missing.", event: given };

  const event = withSharedContext(given, reading.context);
  const happened = momentOf(event, reading.sentAt, reading.receivedAt);
  const placing = reading.place(kind, name);
  const json = storableJson(propertiesOf(event, { type, name, placing, happened }));
  if (isTooLarge(json)) return { reason: "It is larger than 32 KB.", event: given };
  const { id: source, kind: sort } = reading.source;
  const sighting = sightingOf(event, type, { at: happened.at, source, isVerified: sort === "server" });
  const key = keyOf({ ...event, type }, happened.own, reading);
  const own: ReadEvent["interactions"][number] = {
    kind,
    occurredAt: happened.at,
    touchpoint: placing.touchpoint,
    channel: channelOf(event, reading, placing),
    stage: placing.stage,
    initiative: placing.initiative ?? "reactive",
    propertiesJson: json,
    source,
    ...(key === null ? {} : { sourceKey: key.key, keyedAt: key.at }),
  };
  const click = clickInteraction(event, sighting, source);
  return { sighting, interactions: click === null ? [own] : [click, own], came: given, unnamed: UNNAMED };
}

/** Deeper than what is told to us ever is: such a thing is not worked on at all. */
export function isTooDeep(given: unknown): boolean {
  return isDeeper(given, DEEPEST);
}

/** Names that are numbers are texts that look like them; a kind that the spec does not know gives its own name. */
function nameOf(event: Json, type: string, kind: string): string | null {
  if (kind !== "event.tracked") return textOf(event["name"]);
  return textOf(event["event"]) ?? (type === "track" ? null : type);
}

function withSharedContext(event: Json, shared: unknown): Json {
  return isJson(shared) ? { ...event, context: { ...shared, ...objectAt(event, "context") } } : event;
}

function propertiesOf(
  event: Json,
  { type, name, placing, happened }: { type: string; name: string | null; placing: Placing; happened: Happened },
): Json {
  const { type: said, writeKey: _writeKey, event: called, ...rest } = event;
  return {
    ...rest,
    ...(KINDS.has(type) ? {} : { type: said }),
    ...(isSaidBy(name, called) ? {} : { event: called }),
    ...(isSaidBy(name, rest["name"]) ? {} : { ownName: rest["name"] }),
    name,
    ...(placing.driver === undefined ? {} : { driver: placing.driver }),
    ...(placing.control === undefined ? {} : { control: placing.control }),
    ...(happened.isReceipt ? { timeNote: "Its own time could not be believed; it stands at the time it came." } : {}),
  };
}

/** Whether a word of the event is told by its name in the log; else it is kept beside it. */
function isSaidBy(name: string | null, word: unknown): boolean {
  return word === undefined || word === null || word === "" || (name !== null && textOf(word) === name);
}

function isTooLarge(json: string): boolean {
  return json.length > LARGEST_EVENT || (json.length * 3 > LARGEST_EVENT && Buffer.byteLength(json) > LARGEST_EVENT);
}

/** What travelled through an app is of the app, wherever its touchpoint stands. */
function channelOf(event: Json, { source }: Reading, placing: Placing): string | undefined {
  const device = textOf(objectAt(objectAt(event, "context"), "device")["type"])?.toLowerCase();
  if (device === "ios" || device === "android") return "app";
  return placing.touchpoint === undefined && source.kind === "browser" ? "web" : undefined;
}

const DAY = 86_400_000;

function clickInteraction(event: Json, sighting: Sighting, source: string): ReadEvent["interactions"][number] | null {
  const click = clickOf(event);
  // The device first: a click stays one when its customer signs in afterwards.
  const who = sighting.identities.find((each) => each.kind === "anonymous_id") ?? sighting.identities[0];
  if (click === null || who === undefined) return null;
  const day = Math.floor(sighting.at.getTime() / DAY) * DAY;
  return {
    kind: "advert.clicked",
    occurredAt: sighting.at,
    touchpoint: "advert",
    initiative: "proactive",
    properties: click.properties,
    source,
    sourceKey: `click:${who.kind}:${who.value}:${click.key}`,
    keyedAt: new Date(click.hasOwnId ? 0 : day),
  };
}

import { hash } from "node:crypto";
import { storableJson } from "../../platform/db/index.ts";
import { isJson, objectAt, textOf, wordsOf, type Json } from "./json.ts";
import { readMoment } from "./moment-of.ts";
import { isTooDeep, LARGEST_EVENT, TOO_DEEP, type ReadEvent, type Refused } from "./read-event.ts";
import type { Placing } from "./placing.ts";
import type { Sighting } from "../customers/index.ts";

/** What is the same for everything that a mapping made of one body. */
export interface Mapped {
  /** Public id of the hook. */
  source: string;
  receivedAt: Date;
  /** The body as it came: without a key of its own, what is made of it is taken once. */
  body: string;
  place: (kind: string, name: string | null) => Placing;
}

const MOST = 500;
const LONGEST_PLACE = 60;
/** Kinds that other rooms tell of themselves; a webhook cannot speak for them. */
const OURS = /^(message|note|conversation|order|survey|experience|play|consent|address|customer|segment|proposal)\./;
const KIND = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/** Reads what a mapping made: one interaction, many, or nothing. */
export function readMapped(result: unknown, of: Mapped): (ReadEvent | Refused)[] {
  if (result === null || result === undefined) return [];
  const list: unknown[] = Array.isArray(result) ? result : [result];
  if (list.length > MOST) return [{ reason: `The mapping makes more than ${MOST} interactions.`, event: null }];
  return list.map((each, index) => readOne(each, { number: index + 1, of: list.length }, of));
}

function readOne(given: unknown, place: { number: number; of: number }, of: Mapped): ReadEvent | Refused {
  const which = place.of === 1 ? "" : `Number ${place.number} of ${place.of} that the mapping makes. `;
  const refuse = (reason: string): Refused => ({ reason: `${which}${reason}`, event: given });
  if (!isJson(given)) return refuse("The mapping must make objects.");
  if (isTooDeep(given)) return refuse(TOO_DEEP);
  const name = textOf(given["name"]);
  const kind = textOf(given["kind"]) ?? "event.tracked";
  if (name === null && given["kind"] === undefined) return refuse("It needs a `kind` or a `name`.");
  if (!KIND.test(kind) || kind.length > 60) return refuse('A `kind` is two words with a dot between, such as "call.ended".');
  if (OURS.test(kind)) return refuse(`The kind ${kind} is told by Throughline itself; use a \`name\`, or another kind.`);
  const sighting = sightingIn(objectAt(given, "customer"), momentIn(given, of.receivedAt), of.source);

  const placing = { ...of.place(kind, name), ...placingIn(given) };
  const json = storableJson({ ...objectAt(given, "properties"), name, ...driverAndControl(placing) });
  if (Buffer.byteLength(json) > LARGEST_EVENT) return refuse("It is larger than 32 KB.");
  const { touchpoint, stage, initiative = "reactive" } = placing;
  const key = textOf(given["key"]);
  return {
    sighting,
    interactions: [
      {
        kind,
        occurredAt: sighting.at,
        touchpoint,
        stage,
        channel: placeIn(given, "channel") ?? undefined,
        initiative,
        propertiesJson: json,
        source: of.source,
        sourceKey: key === null ? `body:${hash("sha256", of.body)}:${place.number - 1}` : `key:${key}`,
        keyedAt: new Date(0),
      },
    ],
    came: given,
    which,
    unnamed: "It does not say whose it is: `customer` needs an email, a userId or another id.",
  };
}

function momentIn(given: Json, receivedAt: Date): Date {
  const at = readMoment(given["occurredAt"]);
  return at === null || at > receivedAt ? receivedAt : at;
}

function sightingIn(customer: Json, at: Date, source: string): Sighting {
  const ids = [
    ["user_id", customer["userId"]],
    ["email", customer["email"]],
    ["phone", customer["phone"]],
    ["anonymous_id", customer["anonymousId"]],
    ["external", customer["externalId"]],
    ["social", customer["social"]],
  ] as const;
  const identities = ids.flatMap(([kind, value]) => {
    const text = textOf(value);
    return text === null ? [] : [{ kind, value: text }];
  });
  const name = wordsOf(customer["name"]);
  return { identities, at, source, isVerified: true, traits: name === null ? null : { name, fields: {} } };
}

function placingIn(given: Json): Placing {
  const initiative = given["initiative"];
  const [touchpoint, stage] = [placeIn(given, "touchpoint"), placeIn(given, "stage")];
  return {
    ...(touchpoint === null ? {} : { touchpoint }),
    ...(stage === null ? {} : { stage }),
    ...(initiative === "reactive" || initiative === "proactive" ? { initiative } : {}),
  };
}

/** Such a word stands in a column of its own, which takes no NUL. */
function placeIn(given: Json, name: string): string | null {
  const text = textOf(given[name]);
  return text === null ? null : textOf(text.replaceAll("\0", "").slice(0, LONGEST_PLACE).toWellFormed());
}

function driverAndControl({ driver, control }: Placing): Json {
  return { ...(driver === undefined ? {} : { driver }), ...(control === undefined ? {} : { control }) };
}

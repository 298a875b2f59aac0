import { hash } from "node:crypto";
import { placingsOf } from "../collect/index.ts";
import { meetCustomers, whyNobody, type Sighting } from "../customers/index.ts";
import { findInteractions, record, sourceKeyOf, storedKeys, touchpointsOf, type NewInteraction } from "../interactions/index.ts";
import { storableJson, type Scope, type Tx } from "../../platform/db/index.ts";
import { parseId } from "../../platform/ids.ts";
import { freeIn, momentIn, neededText, Refusal, textIn, type Cells } from "./cells.ts";
import { forRead, readEach, type Context, type Given, type Thing, type Verdict, type Weight } from "./thing.ts";
import { whoseIn } from "./whose.ts";

/** One line of interactions. */
interface Line {
  /** Its place in the log it came from, which may be ours. */
  position: number | null;
  sighting: Sighting;
  interaction: Omit<NewInteraction, "customerId"> & { kind: string; occurredAt: Date; source: string; sourceKey: string };
}

type Weighed = Verdict & { line: Line };

export const interactions: Thing = { name: "interactions", weigh, write };

async function weigh(scope: Scope, lines: readonly Given[], context: Context): Promise<Weight[]> {
  const read = await reader(scope, context);
  return forRead<Line, Weight>(
    readEach(lines, read),
    async (reads) => {
      const weighed = await weighAll(scope, reads);
      return weighed.map(({ line, ...verdict }) => ({ ...verdict, keys: [storedKeyOf(line)], content: "" }));
    },
    (reason) => ({ refused: reason, keys: [], content: "" }),
  );
}

async function write(tx: Tx, lines: readonly Given[], context: Context): Promise<Verdict[]> {
  const read = await reader(tx, context);
  return forRead<Line, Verdict>(
    readEach(lines, read),
    (reads) => writeAll(tx, reads),
    (refused) => ({ refused }),
  );
}

async function writeAll(tx: Tx, reads: readonly Line[]): Promise<Verdict[]> {
  const weighed = await weighAll(tx, reads);
  const fresh = weighed.flatMap((each) => ("outcome" in each && each.outcome === "new" ? [each.line] : []));
  const met = await meetCustomers(
    tx,
    fresh.map(({ sighting }) => sighting),
  );
  await record(
    tx,
    fresh.flatMap(({ interaction }, index) => {
      const { customerId = null } = met[index] ?? {};
      return customerId === null ? [] : [{ ...interaction, customerId }];
    }),
  );
  return weighed.map(({ line: _line, ...verdict }) => verdict);
}

/** What is in the log already, under its place or its key, stays; what comes twice is there once. */
async function weighAll(scope: Scope, reads: readonly Line[]): Promise<Weighed[]> {
  const positions = reads.flatMap(({ position }) => position ?? []);
  const ours = new Map((await findInteractions(scope, positions)).map((each) => [each.position, each]));
  const stored = await storedKeys(scope, reads.map(storedKeyOf));
  const nobody = await whyNobody(
    scope,
    reads.map(({ sighting }) => sighting),
  );
  return reads.map((line, index): Weighed => {
    const own = line.position === null ? undefined : ours.get(line.position);
    const { kind, occurredAt } = line.interaction;
    if (own?.kind === kind && own.occurredAt.getTime() === occurredAt.getTime()) return { line, outcome: "unchanged" };
    if (stored.has(storedKeyOf(line))) return { line, outcome: "unchanged" };
    if (isOurs(kind)) return { line, refused: `${kind} is written by Throughline itself, from orders, messages and answers.` };
    const refused = nobody[index] ?? null;
    if (refused !== null) return { line, refused };
    stored.add(storedKeyOf(line));
    return { line, outcome: "new" };
  });
}

/** Rooms act on what other rooms wrote: a letter must not go out because a file says that something was late. */
const OURS = /^(?:order|conversation|message|note|survey|experience|play|proposal|consent|address|segment|customer)\./;

function isOurs(kind: string): boolean {
  return OURS.test(kind);
}

async function reader(scope: Scope, context: Context): Promise<(given: Given) => Line> {
  const [touchpoints, place] = await Promise.all([touchpointsOf(scope), placingsOf(scope.workspaceId, 0)]);
  return ({ cells }) => {
    const touchpoint = textIn(cells, "touchpoint", 100) ?? undefined;
    if (touchpoint !== undefined && !touchpoints.has(touchpoint)) throw new Refusal(`There is no touchpoint ${touchpoint}.`);
    return readLine(cells, touchpoint, place, context);
  };
}

/** A kind is two words with a dot between. What is called otherwise is an event of that name, as the tracking API keeps it. */
const KIND = /^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*$/;

function readLine(cells: Cells, ownTouchpoint: string | undefined, place: Awaited<ReturnType<typeof placingsOf>>, context: Context): Line {
  const happened = neededText(cells, "kind", 100);
  const isNamed = !KIND.test(happened);
  const kind = isNamed ? "event.tracked" : happened;
  const placing = isNamed ? place(kind, happened) : {};
  const occurredAt = momentIn(cells, "occurredAt");
  if (occurredAt === null) throw new Refusal("occurredAt is missing.");
  if (occurredAt > context.at) throw new Refusal("occurredAt is in the future.");
  const initiative = textIn(cells, "initiative", 20) ?? placing.initiative ?? "reactive";
  if (initiative !== "reactive" && initiative !== "proactive") throw new Refusal("initiative is neither reactive nor proactive.");
  const id = textIn(cells, "id", 200);
  const sighting = whoseIn(cells, occurredAt);
  const interaction = {
    kind,
    occurredAt,
    touchpoint: ownTouchpoint ?? placing.touchpoint,
    channel: textIn(cells, "channel", 40) ?? undefined,
    stage: textIn(cells, "stage", 40) ?? placing.stage,
    initiative: initiative === "proactive" ? ("proactive" as const) : ("reactive" as const),
    propertiesJson: storableJson(
      isNamed ? { ...placed(placing), name: happened, properties: freeIn(cells, "properties") } : freeIn(cells, "properties"),
    ),
    source: textIn(cells, "source", 100) ?? "import",
  };
  const key = textIn(cells, "key", 400) ?? (id === null ? null : `id:${id}`);
  const sourceKey = key ?? `line:${hash("sha256", JSON.stringify([interaction, sighting.identities]), "base64url")}`;
  return { position: positionOf(id), sighting, interaction: { ...interaction, sourceKey } };
}

/** What of a place a touchpoint does not say. */
function placed({ driver, control }: Placing): Partial<Placing> {
  return { ...(driver === undefined ? {} : { driver }), ...(control === undefined ? {} : { control }) };
}

type Placing = ReturnType<Awaited<ReturnType<typeof placingsOf>>>;

function positionOf(id: string | null): number | null {
  return id !== null && /^int_[0-9a-z]{1,10}$/.test(id) ? parseId("int", id) : null;
}

function storedKeyOf({ interaction: { source, sourceKey, occurredAt } }: Line): string {
  return sourceKeyOf(source, sourceKey, occurredAt);
}

import { meetCustomers, weighSightings, type Sighting, type SightingWeight } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import type { Scope, Tx } from "../../platform/db/index.ts";
import { freeIn, momentIn, Refusal, textIn, type Cells } from "./cells.ts";
import { forRead, readEach, type Context, type Thing, type Verdict, type Weight } from "./thing.ts";
import { namedIn } from "./whose.ts";

/** One line of customers. */
interface Line {
  sighting: Sighting;
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
}

export const customers: Thing = { name: "customers", weigh, write };

async function weigh(scope: Scope, lines: readonly Cells[], context: Context): Promise<Weight[]> {
  return forRead<Line, Weight>(
    readEach(lines, readLine),
    async (reads) =>
      (await weighAll(scope, reads, context)).map(({ weight, line }) => ({
        ...verdictOf(weight),
        keys: weight.keys,
        content: contentOf(line),
      })),
    (reason) => ({ refused: reason, keys: [], content: "" }),
  );
}

async function write(tx: Tx, lines: readonly Cells[], context: Context): Promise<Verdict[]> {
  return forRead<Line, Verdict>(
    readEach(lines, readLine),
    (reads) => writeAll(tx, reads, context),
    (refused) => ({ refused }),
  );
}

/** Who is new or changed is met, and the log has it that a file told of them. */
async function writeAll(tx: Tx, reads: readonly Line[], context: Context): Promise<Verdict[]> {
  const weighed = await weighAll(tx, reads, context);
  const wanted = weighed.filter(({ weight }) => weight.outcome === "new" || weight.outcome === "changed");
  const met = await meetCustomers(
    tx,
    wanted.flatMap(({ line, sighting }) => [sighting, ...(line.firstSeenAt ? [{ ...sighting, at: line.firstSeenAt, traits: null }] : [])]),
  );
  let next = 0;
  const customerIds = wanted.map(({ line }) => {
    const { customerId = null } = met[next] ?? {};
    next += line.firstSeenAt ? 2 : 1;
    return customerId;
  });
  await record(
    tx,
    wanted.flatMap(({ weight }, index) => {
      const customerId = customerIds[index] ?? null;
      return customerId === null
        ? []
        : [{ kind: "customer.imported", customerId, initiative: "proactive" as const, properties: { outcome: weight.outcome } }];
    }),
  );
  return weighed.map(({ weight }) => verdictOf(weight));
}

interface Weighed {
  line: Line;
  sighting: Sighting;
  weight: SightingWeight;
}

/** A line without a date says nothing of when: who is known was seen when they were last, who is new with the file. */
async function weighAll(scope: Scope, reads: readonly Line[], context: Context): Promise<Weighed[]> {
  const weights = await weighSightings(
    scope,
    reads.map(({ sighting, lastSeenAt, firstSeenAt }) => ({ ...sighting, at: lastSeenAt ?? firstSeenAt ?? UNDATED })),
  );
  return reads.flatMap((line, index) => {
    const known = weights[index];
    if (known === undefined) return [];
    const isEarlier =
      known.outcome === "unchanged" && known.firstSeenAt !== null && line.firstSeenAt !== null && line.firstSeenAt < known.firstSeenAt;
    const weight: SightingWeight = isEarlier ? { ...known, outcome: "changed" } : known;
    const at = line.lastSeenAt ?? weight.lastSeenAt ?? line.firstSeenAt ?? context.at;
    return [{ line, sighting: { ...line.sighting, at }, weight }];
  });
}

/** Lies within whatever is known. */
const UNDATED = new Date(Number.NaN);

function readLine(cells: Cells): Line {
  const firstSeenAt = momentIn(cells, "firstSeenAt");
  const lastSeenAt = momentIn(cells, "lastSeenAt");
  if (firstSeenAt && lastSeenAt && firstSeenAt > lastSeenAt) throw new Refusal("firstSeenAt is after lastSeenAt.");
  const fullName = [textIn(cells, "firstName", 100), textIn(cells, "lastName", 100)].filter((part) => part !== null).join(" ");
  const fields = freeIn(cells, "fields");
  return {
    firstSeenAt,
    lastSeenAt,
    sighting: {
      identities: [
        ...namedIn(cells, "userId", "user_id"),
        ...namedIn(cells, "externalId", "external"),
        ...namedIn(cells, cells.has("emails") ? "emails" : "email", "email"),
        ...namedIn(cells, cells.has("phones") ? "phones" : "phone", "phone"),
        ...namedIn(cells, "social", "social"),
        ...namedIn(cells, "anonymousId", "anonymous_id"),
      ],
      at: UNDATED,
      source: "import",
      isVerified: true,
      traits: {
        name: textIn(cells, "name", 200) ?? (fullName === "" ? null : fullName),
        email: textIn(cells, "email", 320),
        phone: textIn(cells, "phone", 50),
        locale: textIn(cells, "locale", 35),
        timeZone: textIn(cells, "timeZone", 60),
        ...(Object.keys(fields).length === 0 ? {} : { fields }),
      },
    },
  };
}

function contentOf({ sighting, firstSeenAt, lastSeenAt }: Line): string {
  return JSON.stringify([sighting.identities, sighting.traits, firstSeenAt, lastSeenAt]);
}

function verdictOf({ outcome, reason }: SightingWeight): Verdict {
  return outcome === "refused" ? { refused: reason ?? "It does not say who it is." } : { outcome };
}

import { meetCustomers, weighSightings, whoseSightings, type Sighting, type SightingWeight } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { freeIn, momentIn, Refusal, textIn, type Cells } from "./cells.ts";
import { foldLines, type CustomerLine, type Folded, type OwnLine } from "./fold-customers.ts";
import { keepLastWords, withoutTakenBack } from "./last-words.ts";
import { saidOf, type Traits } from "./said-of.ts";
import { forRead, readEach, type Context, type Given, type Thing, type Verdict, type Weight } from "./thing.ts";
import { namedIn } from "./whose.ts";

export const customers: Thing = { name: "customers", weigh, write };

async function weigh(tx: Tx, lines: readonly Given[], context: Context): Promise<Weight[]> {
  return forRead<CustomerLine, Weight>(
    readEach(lines, readLine),
    async (reads) => {
      const weighed = await weighAll(tx, reads, context);
      const verdicts = verdictsOf(reads, weighed);
      const keys = new Map(weighed.flatMap(({ folded, weight }) => folded.places.map((index) => [index, weight.keys])));
      return reads.map((read, index) => ({ ...(verdicts[index] ?? PASSED), keys: keys.get(index) ?? [], content: contentOf(read) }));
    },
    (reason) => ({ refused: reason, keys: [], content: "" }),
  );
}

async function write(tx: Tx, lines: readonly Given[], context: Context): Promise<Verdict[]> {
  return forRead<CustomerLine, Verdict>(
    readEach(lines, readLine),
    async (reads) => {
      const weighed = await weighAll(tx, reads, context);
      await writeAll(tx, reads, weighed, context);
      return verdictsOf(reads, weighed);
    },
    (refused) => ({ refused }),
  );
}

/** Who is new or changed is met, line by line in their order, and the log has it that a file told of them. */
async function writeAll(tx: Tx, reads: readonly CustomerLine[], weighed: readonly Weighed[], { file }: Context): Promise<void> {
  const wanted = weighed.filter(({ weight }) => weight.outcome === "new" || weight.outcome === "changed");
  const sightings = wanted.flatMap(({ folded, sighting }) =>
    folded.places.flatMap((index, nth) => {
      const identities = reads[index]?.sighting.identities ?? [];
      const told = { ...sighting, identities, traits: nth === 0 ? sighting.traits : null };
      const earlier = nth === 0 && folded.firstSeenAt ? [{ ...told, at: folded.firstSeenAt, traits: null }] : [];
      return [{ index, sighting: told }, ...earlier.map((each) => ({ index, sighting: each }))];
    }),
  );
  sightings.sort((one, other) => one.index - other.index);
  const met = await meetCustomers(
    tx,
    sightings.map((each) => each.sighting),
  );
  const customers = new Map(sightings.map(({ index }, nth) => [index, met[nth]?.customerId ?? null]));
  await record(
    tx,
    wanted.flatMap(({ folded, weight: { outcome } }) => {
      const customerId = customers.get(folded.places[0] ?? -1) ?? null;
      return customerId === null ? [] : [{ kind: "customer.imported", customerId, initiative: null, properties: { outcome } }];
    }),
  );
  await keepLastWords(
    tx,
    file,
    weighed.flatMap(({ folded, weight: { replaces } }) => {
      const customerId = customers.get(folded.places[0] ?? -1) ?? folded.customer;
      return customerId === null || customerId < 0 ? [] : [{ folded, customerId, replaces }];
    }),
  );
}

interface Weighed {
  folded: Folded;
  sighting: Sighting;
  weight: SightingWeight;
}

/** A line without a date says nothing of when: who is known was seen when they were last, who is new with the file. */
async function weighAll(tx: Tx, reads: readonly CustomerLine[], context: Context): Promise<Weighed[]> {
  const whose = await whoseSightings(
    tx,
    reads.map(({ sighting }) => ({ ...sighting, at: context.at })),
  );
  const folds = foldLines(reads.map((read, index) => ownLine(read, whose[index])));
  const all = await withoutTakenBack(tx, context.file, folds);
  const weights = await weighSightings(
    tx,
    all.map(({ sighting, lastSeenAt, firstSeenAt }) => ({ ...sighting, at: lastSeenAt ?? firstSeenAt ?? UNDATED })),
  );
  return all.flatMap((folded, index) => {
    const known = weights[index];
    if (known === undefined) return [];
    const isEarlier =
      known.outcome === "unchanged" && known.firstSeenAt !== null && folded.firstSeenAt !== null && folded.firstSeenAt < known.firstSeenAt;
    const weight: SightingWeight = isEarlier ? { ...known, outcome: "changed" } : known;
    const at = folded.lastSeenAt ?? weight.lastSeenAt ?? folded.firstSeenAt ?? context.at;
    return [{ folded, sighting: { ...folded.sighting, at }, weight }];
  });
}

function ownLine(read: CustomerLine, whose: { customer: number | null; traits: Traits } | undefined): OwnLine {
  const { customer = null, traits = null } = whose ?? {};
  const said = saidOf(traits);
  const withheld = [...saidOf(read.sighting.traits).keys()].filter((word) => !said.has(word));
  return { ...read, sighting: { ...read.sighting, traits }, customer, withheld };
}

/** For each line in its order: the first of those that speak of one customer is told what became of them, the others what they add. */
function verdictsOf(reads: readonly CustomerLine[], weighed: readonly Weighed[]): Verdict[] {
  const verdicts: Verdict[] = reads.map(() => PASSED);
  for (const { folded, weight } of weighed) {
    const contents = new Set<string>();
    for (const index of folded.places) {
      const read = reads[index];
      if (read === undefined) continue;
      const isRepeated = contents.has(contentOf(read));
      const isFurther = contents.size > 0 && weight.outcome === "new";
      verdicts[index] =
        isRepeated && weight.outcome !== "refused" ? { outcome: "unchanged" } : isFurther ? { outcome: "changed" } : verdictOf(weight);
      contents.add(contentOf(read));
    }
  }
  return verdicts;
}

const PASSED: Verdict = { refused: "It was passed over." };

/** Lies within whatever is known. */
const UNDATED = new Date(Number.NaN);

function readLine({ cells, line }: Given): CustomerLine {
  const firstSeenAt = momentIn(cells, "firstSeenAt");
  const lastSeenAt = momentIn(cells, "lastSeenAt");
  if (firstSeenAt && lastSeenAt && firstSeenAt > lastSeenAt) throw new Refusal("firstSeenAt is after lastSeenAt.");
  const fullName = [textIn(cells, "firstName", 100), textIn(cells, "lastName", 100)].filter((part) => part !== null).join(" ");
  const fields = freeIn(cells, "fields");
  return {
    line,
    firstSeenAt,
    lastSeenAt,
    sighting: {
      identities: identitiesIn(cells),
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

/** By what a line names its customer. @throws Refusal */
export function identitiesIn(cells: Cells): Sighting["identities"] {
  return [
    ...namedIn(cells, "userId", "user_id"),
    ...namedIn(cells, "externalId", "external"),
    ...namedIn(cells, cells.has("emails") ? "emails" : "email", "email"),
    ...namedIn(cells, cells.has("phones") ? "phones" : "phone", "phone"),
    ...namedIn(cells, "social", "social"),
    ...namedIn(cells, "anonymousId", "anonymous_id"),
  ];
}

function contentOf({ sighting, firstSeenAt, lastSeenAt }: CustomerLine): string {
  return JSON.stringify([sighting.identities, sighting.traits, firstSeenAt, lastSeenAt]);
}

function verdictOf({ outcome, reason }: SightingWeight): Verdict {
  return outcome === "refused" ? { refused: reason ?? "It does not say who it is." } : { outcome };
}

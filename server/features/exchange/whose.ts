import type { IdentityKind, Identities, Sighting } from "../customers/index.ts";
import { listIn, textIn, type Cells } from "./cells.ts";

type Named = Sighting["identities"][number];
const LONGEST = 400;

const WHOSE: readonly [string, IdentityKind][] = [
  ["customer.userId", "user_id"],
  ["customer.externalId", "external"],
  ["customer.email", "email"],
  ["customer.phone", "phone"],
  ["customer.social", "social"],
  ["customer.anonymousId", "anonymous_id"],
];

/** Whom a line of interactions or orders names. */
export function whoseIn(cells: Cells, at: Date): Sighting {
  const name = textIn(cells, "customer.name", 200);
  return {
    identities: WHOSE.flatMap(([field, kind]) => namedIn(cells, field, kind)),
    at,
    source: "import",
    isVerified: true,
    traits: name === null ? null : { name },
  };
}

export function namedIn(cells: Cells, field: string, kind: IdentityKind): Named[] {
  return listIn(cells, field, LONGEST).map((value) => ({ kind, value }));
}

/** The columns that name a customer; devices only where nothing else does. */
export function whoseColumns(identities: Identities | undefined): Record<string, unknown> {
  const isKnown = WHOSE.some(([, kind]) => kind !== "anonymous_id" && identities?.[kind]);
  return Object.fromEntries(
    WHOSE.map(([field, kind]) => [field, kind === "anonymous_id" && isKnown ? null : oneOrAll(identities?.[kind])]),
  );
}

export function oneOrAll(values: readonly string[] | undefined): unknown {
  if (!values || values.length === 0) return null;
  // A lone value that looks like a list would be read as one.
  return values.length === 1 && values[0]?.startsWith("[") !== true ? values[0] : values;
}

import { readNames, type Sighting } from "../customers/index.ts";
import type { Scope } from "../../platform/db/index.ts";
import { Refusal, type Cells } from "./cells.ts";
import type { ThingName } from "./fields.ts";
import { identitiesIn } from "./customer-lines.ts";
import { whoseIn } from "./whose.ts";

/** By what each of these lines names somebody, as far as it can be read: "email maria@fjord.example". */
export async function namedInEach(scope: Scope, thing: ThingName, lines: readonly Cells[]): Promise<string[][]> {
  if (lines.length === 0) return [];
  const names = await readNames(
    scope,
    lines.map((cells) => ({ identities: identitiesOf(thing, cells) })),
  );
  return names.map(({ usable }) => usable.map(wordOf));
}

/** An identity as it is kept beside a refused line. */
export function wordOf({ kind, value }: { kind: string; value: string }): string {
  return `${kind} ${value}`;
}

function identitiesOf(thing: ThingName, cells: Cells): Sighting["identities"] {
  try {
    return thing === "customers" ? identitiesIn(cells) : whoseIn(cells, new Date(0)).identities;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

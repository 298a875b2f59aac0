import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { pairUp, type Likeable } from "../server/features/customers/index.ts";

interface Person extends Likeable {
  id: string;
}

/**
 * How well customers who look alike are found. The file's first column is an id, in which all records of one person
 * share the part between the dashes (`rec-7-org`, `rec-7-dup-0`). Pairs are counted once.
 */
export async function measureIdentities(file: string): Promise<object> {
  const people: Person[] = [];
  for await (const row of createReadStream(file).pipe(parse({ columns: true, trim: true, bom: true }))) people.push(personOf(row));
  const byPerson = Map.groupBy(people, ({ id }) => truth(id));
  const pairs = [...byPerson.values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  const found = pairUp(people);
  const right = found.filter(({ one, other }) => truth(one.id) === truth(other.id)).length;
  return { pairs, found: found.length, precision: found.length === 0 ? 1 : right / found.length, recall: pairs === 0 ? 1 : right / pairs };
}

function truth(id: string): string {
  return /^[^-]*-([^-]*)/.exec(id)?.[1] ?? id;
}

function personOf(row: Record<string, string>): Person {
  const join = (...columns: string[]): string | null =>
    columns
      .map((column) => row[column] ?? "")
      .join(" ")
      .trim() || null;
  return {
    id: Object.values(row)[0] ?? "",
    name: row["name"] ?? join("given_name", "surname"),
    street: row["street"] ?? join("street_number", "address_1"),
    city: row["city"] ?? join("suburb"),
    postcode: join("postcode"),
    phone: join("phone"),
    dateOfBirth: join("date_of_birth"),
  };
}

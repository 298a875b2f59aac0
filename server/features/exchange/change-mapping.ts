import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { conflict, invalid, notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import type { Mapping } from "./cells.ts";
import { FIELDS, FREE, type ThingName } from "./fields.ts";
import { lockImport, setMapping, type Import } from "./queries.ts";

/** Says which column is which field. What was tried before counts no more. @throws Problem 400, or 409 once it has begun */
export async function changeMapping(actor: Actor, id: number, mapping: Mapping): Promise<Import> {
  authorize(actor, "workspace:write");
  return transaction(actor, async (tx) => {
    const found = await lockImport(tx, id);
    if (!found) throw notFound("import");
    if (found.state !== "ready" && found.state !== "tried") throw conflict(`This import is ${found.state}; its mapping stays as it is.`);
    checkMapping(found.thing, found.columns, mapping);
    await setMapping(tx, id, mapping);
    await audit(tx, actor, { action: "exchange.map", subject: publicId("imp", id), before: found.mapping, after: mapping });
    return (await lockImport(tx, id)) ?? found;
  });
}

/** @throws Problem 400 for a field that there is not, or that two columns want */
function checkMapping(thing: ThingName, columns: readonly string[], mapping: Mapping): void {
  const free = FREE[thing];
  const isKnown = (name: string): boolean =>
    FIELDS[thing].some((field) => field.name === name) || (free !== null && name.startsWith(free) && name.length > free.length);
  const unknown = [...Object.values(mapping.columns), ...Object.keys(mapping.fixed)].find((name) => !isKnown(name));
  if (unknown !== undefined) throw invalid(`There is no field ${unknown} in ${thing}.`);
  const missing = Object.keys(mapping.columns).find((column) => !columns.includes(column));
  if (missing !== undefined) throw invalid(`There is no column ${missing} in this file.`);
  const wanted = Object.values(mapping.columns);
  const twice = wanted.find((name, index) => wanted.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`Two columns are mapped to ${twice}; choose one.`);
}

/** Fields without which no line can be taken in, and that nothing is mapped to. */
export function missingFields({ thing, mapping }: Pick<Import, "thing" | "mapping">): string[] {
  const given = new Set([...Object.values(mapping.columns), ...Object.keys(mapping.fixed)]);
  return FIELDS[thing].filter((field) => field.isNeeded === true && !given.has(field.name)).map((field) => field.name);
}

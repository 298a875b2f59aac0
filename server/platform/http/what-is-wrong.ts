import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { isSchema, kindIn, kindOf, type Schema, wordOf, wrongOfLeaf } from "./wrong-words.ts";

export interface Wrong {
  /** Keys and places in lists, from the outside in. */
  path: string[];
  /** What is wrong there; goes on from the path: "must be text". */
  message: string;
}

type Named = Record<string, TSchema>;

/** The first thing that is wrong with a value, named where it is; null when nothing is. Of a union, in the part that was most likely meant. */
export function whatIsWrong(schema: unknown, value: unknown, named: Named = {}): Wrong | null {
  if (!isSchema(schema)) return null;
  if (isSchema(schema["$defs"])) return whatIsWrong({ ...schema, $defs: undefined }, value, { ...named, ...schemasIn(schema["$defs"]) });
  if (isRight(named, schema, value)) return null;
  if (typeof schema["$ref"] === "string") return whatIsWrong(named[schema["$ref"]], value, named);
  if (Array.isArray(schema["anyOf"])) return wrongOfUnion(branchesOf(schema, named), value, named);
  if (schema["type"] === "object" && isSchema(value)) return wrongOfObject(schema, value, named);
  if (schema["type"] === "array" && Array.isArray(value)) {
    const inner = firstOf(value.map((each, at) => within(String(at), whatIsWrong(schema["items"], each, named))));
    if (inner) return inner;
  }
  return here(wrongOfLeaf(schema, value));
}

function wrongOfUnion(branches: Schema[], value: unknown, named: Named): Wrong | null {
  const fitting = branches.filter((branch) => !("const" in branch) && kindOf(branch) === kindIn(value, kindOf(branch)));
  if (fitting.length > 1 && isSchema(value)) return wrongOfMeant(fitting, value, named);
  const [only] = fitting;
  if (only) return whatIsWrong(only, value, named);
  const [first, ...others] = [...new Set(branches.map(wordOf))];
  return here(others.length === 0 ? `must be ${first ?? "something else"}` : `must be one of ${[first, ...others].join(", ")}`);
}

/** Several forms of an object: the one that shares most keys with what was given was meant. */
function wrongOfMeant(forms: Schema[], value: Schema, named: Named): Wrong | null {
  const fits = forms.map((form) => {
    const keys = Object.keys(propertiesOf(form));
    return { form, shared: keys.filter((key) => key in value).length, missing: requiredOf(form).filter((key) => !(key in value)).length };
  });
  const [best] = fits.toSorted((a, b) => b.shared - a.shared || a.missing - b.missing);
  if (best && best.shared > 0) return whatIsWrong(best.form, value, named);
  const heads = new Set(forms.flatMap((form) => requiredOf(form).slice(0, 1)));
  return here(`must have one of ${[...heads].join(", ")}`);
}

function wrongOfObject(schema: Schema, value: Schema, named: Named): Wrong | null {
  const properties = propertiesOf(schema);
  const names = Object.keys(properties);
  const stranger = Object.keys(value).find((key) => !Object.hasOwn(properties, key));
  if (stranger !== undefined && schema["additionalProperties"] === false) {
    return here(`has no “${stranger.slice(0, 100)}”; ${names.length === 0 ? "it is empty" : `it may have ${names.join(", ")}`}`);
  }
  const missing = requiredOf(schema).filter((key) => !Object.hasOwn(value, key));
  if (missing.length > 0) return here(`must have ${missing.join(", ")}`);
  const inner = firstOf(
    names.filter((key) => Object.hasOwn(value, key)).map((key) => within(key, whatIsWrong(properties[key], value[key], named))),
  );
  if (inner) return inner;
  for (const each of Object.values(isSchema(schema["patternProperties"]) ? schema["patternProperties"] : {})) {
    const odd = firstOf(Object.entries(value).map(([key, one]) => within(key, whatIsWrong(each, one, named))));
    if (odd) return odd;
  }
  return here(Number(schema["minProperties"] ?? 0) > 0 ? `must have one of ${names.join(", ")}` : "is not valid");
}

/** The parts of a union, and of those within it. */
function branchesOf(schema: unknown, named: Named): Schema[] {
  if (!isSchema(schema)) return [];
  if (typeof schema["$ref"] === "string") return branchesOf(named[schema["$ref"]], named);
  return Array.isArray(schema["anyOf"]) ? schema["anyOf"].flatMap((each) => branchesOf(each, named)) : [schema];
}

function propertiesOf(schema: Schema): Schema {
  return isSchema(schema["properties"]) ? schema["properties"] : {};
}

function requiredOf(schema: Schema): string[] {
  return Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
}

function schemasIn(given: Schema): Named {
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, Schema] => isSchema(entry[1])));
}

function isRight(named: Named, schema: Schema, value: unknown): boolean {
  return Value.Check(named, schema, value);
}

function within(key: string, wrong: Wrong | null): Wrong | null {
  return wrong && { ...wrong, path: [key, ...wrong.path] };
}

function firstOf(all: (Wrong | null)[]): Wrong | null {
  return all.find((each) => each !== null) ?? null;
}

function here(message: string): Wrong {
  return { path: [], message };
}

import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { trimWords } from "./trim-words.ts";
import { whatIsWrong, type Wrong } from "./what-is-wrong.ts";

/**
 * Checks by schema, and says of what is refused what is wrong and where. Words of a body lose the space around them.
 * Numbers in an address are read from text: one that is asked for whole is refused, not cut, when it is not.
 */
export const compileSchema: FastifySchemaCompiler<TSchema> = (route) => {
  const check = TypeBoxValidatorCompiler(route);
  const { schema } = route;
  if (route.httpPart === "body") {
    return (given: unknown) => {
      const value = trimWords(schema, given);
      return isRefused(check(value)) ? refusal(whatIsWrong(schema, value)) : { value };
    };
  }
  return (given: unknown) => {
    const texts = new Map(Object.entries(given ?? {}));
    const result = check(given);
    if (isRefused(result)) return refusal(whatIsWrong(schema, Value.Convert(schema, { ...Object.fromEntries(texts) })));
    const cut = Object.entries(valueIn(result)).find(([name, value]) => typeof value === "number" && value !== Number(texts.get(name)));
    return cut ? refusal({ path: [cut[0]], message: "must be a whole number" }) : result;
  };
};

function refusal(wrong: Wrong | null) {
  const { path, message } = wrong ?? { path: [], message: "is not valid" };
  return { error: [{ keyword: "wrong", instancePath: "", schemaPath: "", params: { path }, message }] };
}

function isRefused(result: unknown): boolean {
  return typeof result === "object" && result !== null && "error" in result && result.error !== undefined;
}

function valueIn(result: unknown): object {
  return typeof result === "object" && result !== null && "value" in result && typeof result.value === "object" ? (result.value ?? {}) : {};
}

import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";

/** Checks by schema. Numbers in an address are read from text: one that is asked for whole is refused, not cut, when it is not. */
export const compileSchema: FastifySchemaCompiler<TSchema> = (route) => {
  const check = TypeBoxValidatorCompiler(route);
  if (route.httpPart === "body") return check;
  return (given: unknown) => {
    const texts = new Map(Object.entries(given ?? {}));
    const result = check(given);
    const cut = Object.entries(valueIn(result)).find(([name, value]) => typeof value === "number" && value !== Number(texts.get(name)));
    return cut
      ? { error: [{ keyword: "type", instancePath: `/${cut[0]}`, schemaPath: "", params: {}, message: "must be a whole number" }] }
      : result;
  };
};

function valueIn(result: unknown): object {
  return typeof result === "object" && result !== null && "value" in result && typeof result.value === "object" ? (result.value ?? {}) : {};
}

import { Type, type TSchema } from "typebox";
import { Value } from "typebox/value";
import { invalid } from "../../platform/errors.ts";
import { expectMoment, expectSum } from "./moments.ts";
import { MOST_ITEMS, PART_NAMES, RETURN_STATUSES, type OrderItem, type OrderWords, type PartName, type Parts } from "./words.ts";

/** What is said of an order outside, field by field, each missing where nothing is said. */
export type GivenWords = Partial<Record<keyof OrderWords, unknown>>;

const Text = Type.Optional(Type.String({ maxLength: 300 }));
const Id = Type.String({ minLength: 1, maxLength: 200 });
const Sum = Type.Optional(Type.Number());
const ITEMS = Type.Array(
  Type.Object({ name: Type.String({ minLength: 1, maxLength: 300 }), quantity: Type.Number({ minimum: 0 }), price: Sum, sku: Text }),
  { maxItems: MOST_ITEMS },
);
const PART_SHAPES: { [Name in PartName]: TSchema } = {
  payments: partOf({ amount: Sum, currency: Text, method: Text, paidAt: Text }),
  shipments: partOf({
    ...{ carrier: Text, tracking: Text, promisedAt: Text, shippedAt: Text, deliveredAt: Text, deliveredNoticedAt: Text },
    isCancelled: Type.Optional(Type.Boolean()),
  }),
  returns: partOf({ reason: Text, status: Type.Optional(Type.Enum([...RETURN_STATUSES])), requestedAt: Text, receivedAt: Text }),
  refunds: partOf({ amount: Sum, currency: Text, reason: Text, refundedAt: Text, refundedNoticedAt: Text }),
  disputes: partOf({ amount: Sum, currency: Text, reason: Text, status: Text, openedAt: Text }),
};

function partOf(fields: Record<string, TSchema>): TSchema {
  return Type.Array(Type.Object({ id: Id, ...fields }), { maxItems: 200 });
}

/** Reads what somebody else's file says of an order. @throws Problem 400 that names the field */
export function readOrderWords(given: GivenWords): OrderWords {
  const words: OrderWords = {
    number: textIn(given, "number", 100),
    currency: textIn(given, "currency", 3),
    tracking: textIn(given, "tracking", 300),
    total: typeof given.total === "number" ? expectSum("total", given.total) : undefined,
    items: given.items === undefined ? undefined : itemsIn(given.items),
    placedAt: momentIn(given, "placedAt"),
    paidAt: momentIn(given, "paidAt"),
    promisedAt: momentIn(given, "promisedAt"),
    shippedAt: momentIn(given, "shippedAt"),
    deliveredAt: momentIn(given, "deliveredAt"),
    cancelledAt: momentIn(given, "cancelledAt"),
  };
  if (words.currency !== undefined && !/^[A-Z]{3}$/.test(words.currency)) throw invalid(`currency is not a code of ISO 4217, such as GBP.`);
  for (const name of PART_NAMES) if (given[name] !== undefined) Object.assign(words, { [name]: partsIn(name, given[name]) });
  return words;
}

function itemsIn(given: unknown): OrderItem[] {
  if (!Value.Check(ITEMS, given))
    throw invalid(`items is not a list of at most ${MOST_ITEMS.toLocaleString("en")} items, each with name and quantity.`);
  for (const item of given) if (item.price !== undefined) expectSum(`The price of ${item.name}`, item.price);
  return given;
}

function partsIn(name: PartName, given: unknown): Partial<Parts[PartName]>[] {
  if (!Array.isArray(given) || !Value.Check(PART_SHAPES[name], given)) throw invalid(`${name} is not a list of ${name}, each with an id.`);
  return given.map((part: object) =>
    Object.fromEntries(
      Object.entries(part).map(([field, value]: [string, unknown]) => {
        if (typeof value === "string" && field.endsWith("At")) return [field, expectMoment(`${name}.${field}`, value)];
        return [field, typeof value === "number" ? expectSum(`${name}.${field}`, value) : value];
      }),
    ),
  );
}

function textIn(given: GivenWords, name: keyof OrderWords, most: number): string | undefined {
  const value = given[name];
  if (typeof value !== "string" || value === "") return undefined;
  if (value.length > most) throw invalid(`${name} has more than ${most} characters.`);
  return value;
}

function momentIn(given: GivenWords, name: keyof OrderWords): string | undefined {
  const value = given[name];
  return typeof value === "string" ? expectMoment(name, value) : undefined;
}

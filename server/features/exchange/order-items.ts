import { readOrderWords, type GivenWords } from "../orders/index.ts";
import { Problem } from "../../platform/errors.ts";
import { numberIn, Refusal, textIn, type Cells } from "./cells.ts";

/** What a line says of one item. */
export const ITEM_FIELDS: ReadonlySet<string> = new Set(["item.name", "item.quantity", "item.price", "item.sku"]);

/** The item of a line, if it has one. @throws Refusal */
export function itemIn(cells: Cells): object[] {
  const name = textIn(cells, "item.name", 300);
  if (name === null) return [];
  const [price, sku] = [numberIn(cells, "item.price"), textIn(cells, "item.sku", 100)];
  const item = {
    name,
    quantity: numberIn(cells, "item.quantity") ?? 1,
    ...(price === undefined ? {} : { price }),
    ...(sku === null ? {} : { sku }),
  };
  if (item.quantity < 0) throw new Refusal(`item.quantity is ${item.quantity}: less than nothing. What came back is a return or a refund.`);
  wordsOf({ items: [item] });
  return [item];
}

/** @throws Refusal */
export function wordsOf(given: GivenWords): ReturnType<typeof readOrderWords> {
  try {
    return readOrderWords(given);
  } catch (error) {
    if (error instanceof Problem) throw new Refusal(error.message);
    throw error;
  }
}

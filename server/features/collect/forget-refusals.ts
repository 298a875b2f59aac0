import type { Tx } from "../../platform/db/index.ts";
import { deleteRefusalsNaming } from "./queries.ts";

/** Drops every listed refusal whose event names one of these texts: for the erasure of a person, by their identities. */
export async function forgetRefusals(tx: Tx, texts: readonly string[]): Promise<void> {
  const telling = texts.filter((text) => text.length > 2);
  if (telling.length > 0) await deleteRefusalsNaming(tx, telling);
}

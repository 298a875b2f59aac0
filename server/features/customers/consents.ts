import type { Actor } from "../access/index.ts";
import { audit, authorize } from "../access/index.ts";
import { sql } from "kysely";
import { personOf, record } from "../interactions/index.ts";
import type { Scope, Tx } from "../../platform/db/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { requireCustomer } from "./require-customer.ts";

export interface Consent {
  channel: string;
  class: "survey" | "marketing";
  granted: boolean;
  /** Where it was said: "preference page", "member", "import". */
  source: string;
  /** The words that were agreed to. */
  wording: string;
  givenAt: Date;
}

export type NewConsent = Omit<Consent, "givenAt">;

/** A member writes down what a customer said. */
export async function stateConsent(actor: Actor, customerId: number, consent: NewConsent): Promise<void> {
  authorize(actor, "customers:write");
  await transaction(actor, async (tx) => {
    await requireCustomer(tx, customerId);
    await recordConsent(tx, customerId, consent, actor.memberId);
    await audit(tx, actor, { action: "customers.consent", subject: publicId("cus", customerId), after: consent });
  });
}

/** Adds a statement of consent, to the table and, with its wording, to the log. */
export async function recordConsent(tx: Tx, customerId: number, consent: NewConsent, memberId: number | null = null): Promise<void> {
  await tx.db
    .insertInto("consents")
    .values({
      channel: consent.channel,
      class: consent.class,
      granted: consent.granted,
      source: consent.source,
      wording: consent.wording,
      customer_id: customerId,
      workspace_id: tx.workspaceId,
      given_at: tx.now,
    })
    .execute();
  await record(tx, {
    kind: consent.granted ? "consent.given" : "consent.withdrawn",
    customerId,
    touchpoint: "preferences",
    channel: consent.channel,
    initiative: "reactive",
    memberId,
    properties: { class: consent.class, source: consent.source, wording: consent.wording },
  });
}

/** The newest statement for each channel and class, of all that a person is, or of this customer alone. */
export async function consentsOf(scope: Scope, customerId: number, of: "person" | "customer" = "person"): Promise<Consent[]> {
  const rows = await scope.db
    .selectFrom("consents")
    .distinctOn(["channel", "class"])
    .select(["channel", "class", "granted", "source", "wording", "given_at as givenAt"])
    .where("workspace_id", "=", scope.workspaceId)
    .where(of === "person" ? sql<boolean>`customer_id in ${personOf(customerId)}` : sql<boolean>`customer_id = ${customerId}`)
    .orderBy("channel")
    .orderBy("class")
    .orderBy("given_at", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...row, class: row.class === "survey" ? "survey" : "marketing" }));
}

import type { Tx } from "../../../platform/db/index.ts";
import { liftSuppression, normaliseEmail, suppress, suppressionOf } from "../../customers/index.ts";
import type { BounceFacts } from "./classify-mail.ts";
import type { ComplaintFacts } from "./classify/complaint.ts";
import type { RecipientReport } from "./classify/delivery-report.ts";
import { lockByMessageId, lockNewestTo, updateDelivery, type Delivery } from "./delivery-queries.ts";
import { tellDelivery, type DeliveryState } from "./ports.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const MATCH_BY_ADDRESS_DAYS = 7;
const CAME_BACK = "Mail to this address came back.";

/**
 * Notes what a report says on the message of ours that it is about, and tells the room that sent it.
 * An address is suppressed only when the report names our own Message-ID, which nobody else can know.
 * @returns a sentence for the ledger
 */
export async function settleBounce(tx: Tx, bounce: BounceFacts): Promise<string> {
  const byId = bounce.originalMessageId === null ? undefined : await lockByMessageId(tx, bounce.originalMessageId);
  const report = bounce.recipients.find((each) => byId !== undefined && sameAddress(each.address, byId.toAddress)) ?? bounce.recipients[0];
  const delivery = byId ?? (await findByAddress(tx, report?.address ?? null));
  if (delivery === undefined || report === undefined) return "A report about no message of ours.";
  await note(tx, delivery, report);
  if (byId !== undefined && report.action === "failed" && isAddressGone(report)) {
    await suppress(tx, { channel: "email", address: byId.toAddress, class: "all", reason: CAME_BACK, source: "bounce" });
  }
  return `A report about our message to ${delivery.toAddress}.`;
}

/** Whoever calls our mail unwanted gets no more surveys and no marketing. */
export async function settleComplaint(tx: Tx, complaint: ComplaintFacts): Promise<string> {
  const delivery = complaint.originalMessageId === null ? undefined : await lockByMessageId(tx, complaint.originalMessageId);
  if (delivery === undefined) return "A complaint about no message of ours.";
  if (complaint.feedbackType === "auth-failure" || complaint.feedbackType === "not-spam")
    return `A report of kind ${complaint.feedbackType}.`;
  for (const messageClass of ["survey", "marketing"] as const) {
    await suppress(tx, {
      channel: "email",
      address: delivery.toAddress,
      class: messageClass,
      reason: "They called our mail unwanted.",
      source: "complaint",
    });
  }
  return `${delivery.toAddress} called our message unwanted.`;
}

/** Somebody who writes can be reached again, whatever came back before. */
export async function liftBounce(tx: Tx, address: string): Promise<void> {
  if ((await suppressionOf(tx, address, "service")) === CAME_BACK) await liftSuppression(tx, address, "all");
}

async function findByAddress(tx: Tx, address: string | null): Promise<Delivery | undefined> {
  const to = normaliseEmail(address ?? "");
  return to === null ? undefined : lockNewestTo(tx, to, new Date(tx.now.getTime() - MATCH_BY_ADDRESS_DAYS * DAY_MS));
}

async function note(tx: Tx, delivery: Delivery, report: RecipientReport): Promise<void> {
  const state = stateAfter(delivery.state, report.action);
  const updated = await updateDelivery(tx, delivery.id, { state, detail: sentence(report) ?? delivery.detail });
  await tellDelivery(tx, { ...updated, deliveryId: updated.id });
}

/** "relayed" and "expanded" tell nothing certain, and a delay is not yet an end. */
function stateAfter(before: DeliveryState, action: RecipientReport["action"]): DeliveryState {
  if (action === "failed") return "bounced";
  return action === "delivered" && before === "sent" ? "delivered" : before;
}

function sentence({ action, status, diagnostic }: RecipientReport): string | null {
  const said = [status, diagnostic]
    .filter((each) => each !== null)
    .join(" ")
    .slice(0, 500);
  if (action === "failed") return said === "" ? "It came back." : `It came back: ${said}`;
  if (action === "delayed") return said === "" ? "It is delayed." : `It is delayed: ${said}`;
  return null;
}

/** Bad or former addresses (RFC 3463, X.1.1 to X.1.3 and X.1.10, X.2.1), as against a full box or a refusal of content. */
function isAddressGone(report: RecipientReport): boolean {
  return /^5\.(1\.(1|2|3|10)|2\.1)$/.test(report.status ?? "");
}

function sameAddress(one: string | null, other: string): boolean {
  return one !== null && normaliseEmail(one) === other;
}

import { findWorkspace } from "../access/index.ts";
import { normaliseEmail, requireCustomer, suppressionOf, type Customer } from "../customers/index.ts";
import { durationOf } from "../experience/index.ts";
import { record } from "../interactions/index.ts";
import { findOrder, type Order } from "../orders/index.ts";
import { together, type Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { draftApology, isHeldOut } from "./draft-apology.ts";
import { insertProposal, proposalForOrder, saveProposal, settingsOf, type PlaySettings, type Proposal } from "./queries.ts";

/** Drafts an apology for a late order, or notes why none may be sent. Once for each order. */
export async function proposeApology(tx: Tx, orderId: number): Promise<void> {
  const [settings, order] = await together([settingsOf(tx), findOrder(tx, orderId)]);
  if (!settings.lateDelivery || !order?.promisedAt || !order.lateAt) return;
  const customer = await requireCustomer(tx, order.customerId);
  const withheld = await whyWithheld(tx, customer);
  const heldOut = settings.couponCode === null ? null : isHeldOut(tx.workspaceId, orderId);
  const coupon = heldOut === false ? settings.couponCode : null;
  const proposal = await insertProposal(tx, {
    play: "late-delivery",
    // Whose order it is, whomever they are taken for: when that is taken back, it goes to nobody else.
    customerId: order.customerId,
    orderId,
    state: withheld === null ? "proposed" : "withheld",
    ...(await draft(tx, order, customer, settings, coupon)),
    reason: reasonOf(order, order.promisedAt),
    withheldBecause: withheld,
    heldOut,
    couponCode: coupon,
  });
  if (proposal) await note(tx, proposal);
}

/** There is nothing to apologise for any more: the box had come in time, or the order was cancelled. */
export async function dropProposalFor(tx: Tx, orderId: number): Promise<void> {
  const [proposal, order] = [await proposalForOrder(tx, orderId), await findOrder(tx, orderId)];
  if (proposal?.state !== "proposed") return;
  const reason = order?.state === "cancelled" ? "The order was cancelled." : "It had come in time after all.";
  await saveProposal(tx, proposal.id, { state: "dropped", decidedAt: tx.now, withheldBecause: reason });
  await record(tx, {
    kind: "play.dropped",
    customerId: proposal.customerId,
    orderId,
    touchpoint: "email-outreach",
    initiative: "proactive",
    source: "plays",
    sourceKey: `play.dropped:${proposal.id}`,
    properties: { play: proposal.play, proposal: publicId("prp", proposal.id), reason },
  });
}

export async function whyWithheld(tx: Tx, customer: Customer): Promise<string | null> {
  const address = customer.email === null ? null : normaliseEmail(customer.email);
  return address === null ? "No email address is known." : suppressionOf(tx, address, "service");
}

async function draft(
  tx: Tx,
  order: Order,
  customer: Customer,
  settings: PlaySettings,
  coupon: string | null,
): Promise<{ subject: string; text: string }> {
  const workspace = await findWorkspace(tx);
  return draftApology(
    {
      company: workspace?.name ?? "",
      name: customer.addressAs ?? customer.name,
      orderNumber: order.number,
      items:
        order.items
          .map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name))
          .join(", ")
          .slice(0, 200) || "your order",
      promisedAt: order.promisedAt ?? tx.now,
      deliveredAt: order.deliveredAt,
      timeZone: workspace?.timeZone ?? "UTC",
      locale: customer.locale ?? workspace?.locale ?? "en-GB",
    },
    settings,
    coupon,
  );
}

function reasonOf(order: Order, promisedAt: Date): string {
  if (order.deliveredAt === null) return `Order ${order.number} is late`;
  return `Order ${order.number} came ${durationOf((order.deliveredAt.getTime() - promisedAt.getTime()) / 60_000)} late`;
}

async function note(tx: Tx, proposal: Proposal): Promise<void> {
  const base = {
    customerId: proposal.customerId,
    orderId: proposal.orderId,
    touchpoint: "email-outreach",
    initiative: "proactive" as const,
    source: "plays",
    properties: {
      play: proposal.play,
      proposal: publicId("prp", proposal.id),
      reason: proposal.reason,
      withheldBecause: proposal.withheldBecause,
    },
  };
  const kind = proposal.state === "withheld" ? "play.withheld" : "play.proposed";
  await record(tx, { ...base, kind, sourceKey: `${kind}:${proposal.id}`, occurredAt: proposal.createdAt });
  if (proposal.heldOut !== null) {
    await record(tx, {
      ...base,
      kind: "play.drawn",
      sourceKey: `drawn:${proposal.id}`,
      occurredAt: proposal.createdAt,
      properties: { ...base.properties, heldOut: proposal.heldOut },
    });
  }
}

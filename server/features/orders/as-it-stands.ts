import { partsOf, type Facts } from "./facts.ts";
import type { Payment, Return, Shipment } from "./words.ts";

export type OrderState = "placed" | "shipped" | "delivered" | "cancelled";

/** The moments of an order, from what was said of it and of its parts. */
export interface Moments {
  paidAt: string | undefined;
  promisedAt: string | undefined;
  shippedAt: string | undefined;
  deliveredAt: string | undefined;
  cancelledAt: string | undefined;
}

/**
 * What was said of the order itself stands before what its parts amount to: it is on its way with its first shipment,
 * delivered with its last, and paid when its payments reach its total.
 */
export function momentsOf(facts: Facts): Moments {
  const shipments = partsOf(facts, "shipments").filter((each) => each.isCancelled !== true);
  const cancelledNoticed = facts.isCancelled?.value === true ? facts.cancelledNoticedAt?.value : undefined;
  return {
    paidAt: facts.paidAt?.value ?? paidInFull(partsOf(facts, "payments"), facts.total?.value) ?? facts.paidNoticedAt?.value,
    promisedAt: facts.promisedAt?.value ?? latest(shipments.map((each) => each.promisedAt)),
    shippedAt: facts.shippedAt?.value ?? earliest(shipments.map((each) => each.shippedAt)),
    deliveredAt: facts.deliveredAt?.value ?? (facts.isShippedInFull?.value === false ? undefined : allDelivered(shipments)),
    cancelledAt: facts.cancelledAt?.value ?? cancelledNoticed,
  };
}

/** A delivery is the strongest word: what has arrived was neither lost nor cancelled. */
export function stateOf(facts: Facts): OrderState {
  const { deliveredAt, cancelledAt, shippedAt } = momentsOf(facts);
  if (deliveredAt) return "delivered";
  if (cancelledAt) return "cancelled";
  return shippedAt ? "shipped" : "placed";
}

export interface Timeliness {
  /** When the order became late: its promise; null when it did not. */
  lateAt: Date | null;
  /** Minutes between the promise and the delivery, or now; negative when early. */
  lateMinutes: number | null;
}

/** Whether an order is late at a moment, by its facts alone. Cancelling one that is late already undoes no waiting. */
export function timelinessOf(facts: Facts, now: Date): Timeliness {
  const { promisedAt, deliveredAt, cancelledAt } = momentsOf(facts);
  if (!promisedAt) return { lateAt: null, lateMinutes: null };
  const promised = new Date(promisedAt);
  const ended = deliveredAt ?? cancelledAt;
  const end = ended ? new Date(ended) : now;
  const lateMinutes = Math.round((end.getTime() - promised.getTime()) / 60_000);
  return { lateAt: end > promised ? promised : null, lateMinutes };
}

/** When a shipment came: the carrier's word, else when its arrival was noticed. */
export function arrivalOf(shipment: Shipment): string | undefined {
  return shipment.deliveredAt ?? shipment.deliveredNoticedAt;
}

/** When a return was asked for: as its source says, else when it first said so. */
export function requestOf({ requestedAt, requestedNoticedAt }: Return): string | undefined {
  return requestedAt ?? requestedNoticedAt;
}

/** When a return came back. */
export function comingBackOf({ receivedAt, receivedNoticedAt }: Return): string | undefined {
  return receivedAt ?? receivedNoticedAt;
}

/** The moment of the payment with which the sum of all reached the total. */
function paidInFull(payments: readonly Payment[], total: number | undefined): string | undefined {
  const paid = payments.filter((each) => each.paidAt !== undefined).toSorted((a, b) => (String(a.paidAt) < String(b.paidAt) ? -1 : 1));
  let sum = 0;
  return paid.find((each) => (sum += each.amount ?? 0) >= (total ?? Number.POSITIVE_INFINITY) - HALF_A_CENT)?.paidAt;
}

const HALF_A_CENT = 0.005;

function allDelivered(shipments: readonly Shipment[]): string | undefined {
  const arrivals = shipments.map(arrivalOf);
  return arrivals.includes(undefined) ? undefined : latest(arrivals);
}

function earliest(moments: readonly (string | undefined)[]): string | undefined {
  return said(moments).at(0);
}

function latest(moments: readonly (string | undefined)[]): string | undefined {
  return said(moments).at(-1);
}

function said(moments: readonly (string | undefined)[]): string[] {
  return moments.filter((each) => each !== undefined).toSorted();
}

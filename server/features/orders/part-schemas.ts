import { Type, type Static } from "typebox";
import { Moment, Nullable } from "../../platform/http/index.ts";
import { arrivalOf, comingBackOf, requestOf } from "./as-it-stands.ts";
import * as words from "./words.ts";

const Id = Type.String({ minLength: 1, maxLength: 200, description: "Its own number, by which it is told again." });
const Text = Type.String({ maxLength: 300 });
const Currency = Type.String({ pattern: "^[A-Z]{3}$" });

export const Payment = Type.Object({
  id: Id,
  amount: Type.Optional(Type.Number()),
  currency: Type.Optional(Currency),
  method: Type.Optional(Text),
  paidAt: Type.Optional(Moment),
});

export const Shipment = Type.Object({
  id: Id,
  carrier: Type.Optional(Text),
  tracking: Type.Optional(Text),
  promisedAt: Type.Optional(Moment),
  shippedAt: Type.Optional(Moment),
  deliveredAt: Type.Optional(Moment),
});

export const Return = Type.Object({
  id: Id,
  reason: Type.Optional(Text),
  status: Type.Optional(Type.Enum([...words.RETURN_STATUSES])),
  requestedAt: Type.Optional(Moment),
  receivedAt: Type.Optional(Moment),
});

export const Refund = Type.Object({
  id: Id,
  amount: Type.Optional(Type.Number()),
  currency: Type.Optional(Currency),
  reason: Type.Optional(Text),
  refundedAt: Type.Optional(Moment),
});

const Told = Nullable(Type.String());
const Sum = Nullable(Type.Number());
const At = Nullable(Moment);

export const PaymentView = Type.Object({ id: Type.String(), amount: Sum, currency: Told, method: Told, paidAt: At });
export const ShipmentView = Type.Object({
  ...{ id: Type.String(), carrier: Told, tracking: Told, promisedAt: At, shippedAt: At, deliveredAt: At },
  isCancelled: Type.Boolean(),
});
export const ReturnView = Type.Object({ id: Type.String(), reason: Told, status: Told, requestedAt: At, receivedAt: At });
export const RefundView = Type.Object({ id: Type.String(), amount: Sum, currency: Told, reason: Told, refundedAt: At });
export const DisputeView = Type.Object({ id: Type.String(), amount: Sum, currency: Told, reason: Told, status: Told, openedAt: At });

export function paymentView({ id, amount, currency, method, paidAt }: words.Payment): Static<typeof PaymentView> {
  return { id, amount: amount ?? null, currency: currency ?? null, method: method ?? null, paidAt: paidAt ?? null };
}

export function shipmentView(shipment: words.Shipment): Static<typeof ShipmentView> {
  return {
    id: shipment.id,
    carrier: shipment.carrier ?? null,
    tracking: shipment.tracking ?? null,
    promisedAt: shipment.promisedAt ?? null,
    shippedAt: shipment.shippedAt ?? null,
    deliveredAt: arrivalOf(shipment) ?? null,
    isCancelled: shipment.isCancelled ?? false,
  };
}

export function returnView(each: words.Return): Static<typeof ReturnView> {
  const { id, reason = null, status = null } = each;
  return { id, reason, status, requestedAt: requestOf(each) ?? null, receivedAt: comingBackOf(each) ?? null };
}

export function refundView({ id, amount, currency, reason, refundedAt, refundedNoticedAt }: words.Refund): Static<typeof RefundView> {
  const at = refundedAt ?? refundedNoticedAt ?? null;
  return { id, amount: amount ?? null, currency: currency ?? null, reason: reason ?? null, refundedAt: at };
}

export function disputeView({ id, amount, currency, reason, status, openedAt }: words.Dispute): Static<typeof DisputeView> {
  return {
    ...{ id, amount: amount ?? null, currency: currency ?? null },
    ...{ reason: reason ?? null, status: status ?? null, openedAt: openedAt ?? null },
  };
}

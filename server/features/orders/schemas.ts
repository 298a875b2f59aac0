import { Type, type Static } from "typebox";
import { Moment, Nullable, PublicId, Words } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import type { Order } from "./queries.ts";
import {
  Payment,
  paymentView,
  Refund,
  refundView,
  Return,
  returnView,
  Shipment,
  shipmentView,
  DisputeView,
  disputeView,
  PaymentView,
  RefundView,
  ReturnView,
  ShipmentView,
} from "./part-schemas.ts";

export const OrderItemSchema = Type.Object({
  name: Words(300),
  quantity: Type.Number({ minimum: 0 }),
  price: Type.Optional(Type.Number()),
  sku: Type.Optional(Type.String({ maxLength: 100 })),
});

export const OrderView = Type.Object({
  id: PublicId,
  externalId: Type.String(),
  number: Type.String(),
  customerId: PublicId,
  source: Type.String(),
  state: Type.Union([Type.Literal("placed"), Type.Literal("shipped"), Type.Literal("delivered"), Type.Literal("cancelled")]),
  late: Type.Boolean({ description: "Its promise passed before it came." }),
  items: Type.Array(OrderItemSchema),
  total: Nullable(Type.Number()),
  currency: Nullable(Type.String()),
  placedAt: Moment,
  paidAt: Nullable(Moment),
  promisedAt: Nullable(Moment),
  shippedAt: Nullable(Moment),
  deliveredAt: Nullable(Moment),
  cancelledAt: Nullable(Moment),
  lateAt: Nullable(Moment),
  tracking: Nullable(Type.String()),
  payments: Type.Array(PaymentView),
  shipments: Type.Array(ShipmentView),
  returns: Type.Array(ReturnView),
  refunds: Type.Array(RefundView),
  disputes: Type.Array(DisputeView),
});

const OptionalMoment = Type.Optional(Nullable(Moment));
const MOST_PARTS = 200;

/** Shops send more along than we know of, and ever more: it is passed over. */
const MORE = { additionalProperties: true };

export const PlaceOrderBody = Type.Object(
  {
    externalId: Type.String({ minLength: 1, maxLength: 200 }),
    customer: Type.Object(
      {
        email: Type.Optional(Nullable(Type.String({ maxLength: 320 }))),
        userId: Type.Optional(
          Nullable(
            Type.Union([Type.String({ maxLength: 400 }), Type.Integer()], { description: "As in the events of your own programs." }),
          ),
        ),
        phone: Type.Optional(Nullable(Type.String({ maxLength: 50, description: "International: +47 …" }))),
        anonymousId: Type.Optional(Nullable(Type.String({ maxLength: 400 }))),
        name: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
      },
      { ...MORE, description: "Whose it is: at least one of email, userId, phone and anonymousId." },
    ),
    items: Type.Array(Type.Object(OrderItemSchema.properties, MORE), { maxItems: 1000 }),
    total: Type.Number(),
    currency: Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217." }),
    placedAt: Moment,
    promisedAt: OptionalMoment,
    shippedAt: OptionalMoment,
    deliveredAt: OptionalMoment,
    cancelledAt: OptionalMoment,
    paidAt: OptionalMoment,
    payments: Type.Optional(Type.Array(Payment, { maxItems: MOST_PARTS })),
    shipments: Type.Optional(Type.Array(Shipment, { maxItems: MOST_PARTS })),
    returns: Type.Optional(Type.Array(Return, { maxItems: MOST_PARTS })),
    refunds: Type.Optional(Type.Array(Refund, { maxItems: MOST_PARTS })),
    number: Type.Optional(Type.String({ maxLength: 100, description: "What people call it; default the external id." })),
  },
  MORE,
);

const ShopKindSchema = Type.Union([Type.Literal("shopify"), Type.Literal("woocommerce")]);

export const SourceView = Type.Object({
  id: PublicId,
  kind: ShopKindSchema,
  name: Type.String(),
  url: Type.String(),
  promisedHours: Nullable(Type.Integer()),
  createdAt: Moment,
});

export const SourceBody = Type.Object({
  kind: Type.Optional(ShopKindSchema),
  name: Words(100),
  secret: Type.String({ minLength: 8, maxLength: 500, description: "The shop's webhook signing secret." }),
  promisedHours: Type.Optional(
    Nullable(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        description: "Hours after placing within which delivery is promised, where the order names no moment.",
      }),
    ),
  ),
});

export function orderView(order: Order): Static<typeof OrderView> {
  const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;
  return {
    id: publicId("ord", order.id),
    externalId: order.externalId,
    number: order.number,
    customerId: publicId("cus", order.customerId),
    source: order.source,
    state: order.state,
    late: order.lateAt !== null,
    items: order.items,
    total: order.total,
    currency: order.currency,
    placedAt: order.placedAt.toISOString(),
    paidAt: iso(order.paidAt),
    promisedAt: iso(order.promisedAt),
    shippedAt: iso(order.shippedAt),
    deliveredAt: iso(order.deliveredAt),
    cancelledAt: iso(order.cancelledAt),
    lateAt: iso(order.lateAt),
    tracking: order.tracking,
    payments: order.payments.map(paymentView),
    shipments: order.shipments.map(shipmentView),
    returns: order.returns.map(returnView),
    refunds: order.refunds.map(refundView),
    disputes: order.disputes.map(disputeView),
  };
}

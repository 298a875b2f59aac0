/**
 * What sources say of an order; every field may be missing. Moments are ISO 8601 in UTC, so that they sort as text.
 * Some sources say that something is so and not since when: then the moment they said it is `…NoticedAt`, and of several
 * of those the earliest stands.
 */
export interface OrderWords {
  number?: string;
  items?: OrderItem[];
  total?: number;
  currency?: string;
  placedAt?: string;
  promisedAt?: string;
  shippedAt?: string;
  deliveredAt?: string;
  cancelledAt?: string;
  isCancelled?: boolean;
  cancelledNoticedAt?: string;
  paidAt?: string;
  paidNoticedAt?: string;
  tracking?: string;
  /** False: something of it is still to be sent. */
  isShippedInFull?: boolean;
  payments?: Payment[];
  shipments?: Shipment[];
  returns?: Return[];
  refunds?: Refund[];
  disputes?: Dispute[];
}

export interface OrderItem {
  name: string;
  quantity: number;
  price?: number;
  sku?: string;
}

/** As many items as an order has at most. */
export const MOST_ITEMS = 5000;

export interface Payment {
  id: string;
  amount?: number;
  currency?: string;
  method?: string;
  paidAt?: string;
}

export interface Shipment {
  id: string;
  carrier?: string;
  tracking?: string;
  promisedAt?: string;
  shippedAt?: string;
  deliveredAt?: string;
  deliveredNoticedAt?: string;
  isCancelled?: boolean;
}

export interface Return {
  id: string;
  reason?: string;
  /** How far it has come: of one that was cancelled or declined nothing comes back. */
  status?: ReturnStatus;
  requestedAt?: string;
  requestedNoticedAt?: string;
  receivedAt?: string;
  receivedNoticedAt?: string;
}

export const RETURN_STATUSES = ["requested", "approved", "declined", "cancelled", "closed"] as const;
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

export interface Refund {
  id: string;
  amount?: number;
  currency?: string;
  reason?: string;
  refundedAt?: string;
  refundedNoticedAt?: string;
}

export interface Dispute {
  id: string;
  amount?: number;
  currency?: string;
  reason?: string;
  status?: string;
  openedAt?: string;
}

/** What an order has several of, each under its source's own id. */
export interface Parts {
  payments: Payment;
  shipments: Shipment;
  returns: Return;
  refunds: Refund;
  disputes: Dispute;
}

export type PartName = keyof Parts;
export const PART_NAMES: readonly PartName[] = ["payments", "shipments", "returns", "refunds", "disputes"];

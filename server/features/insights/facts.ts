import type { Interaction } from "../interactions/index.ts";

export interface ConversationFact {
  conversationId: number;
  workspaceId: number;
  customerId: number;
  /** See Interaction.writtenFor. */
  writtenFor: number;
  channel: string | null;
  began: "customer" | "member";
  arrivedAt: Date;
  queueLength: number | null;
  firstResponseAt: Date | null;
  firstResponseMinutes: number | null;
  firstResponseBusinessMinutes: number | null;
  firstResponseKept: boolean | null;
  firstClosedAt: Date | null;
  lastClosedAt: Date | null;
  isClosed: boolean;
  closings: number;
  reopenings: number;
  askedAt: Date | null;
  withheldBecause: string | null;
  rating: number | null;
  comment: string | null;
  ratedAt: Date | null;
  memberId: number | null;
}

/** What one more interaction makes of a conversation's fact; null while the customer has said nothing in it. */
export function conversationAfter(fact: ConversationFact | null, each: Interaction): ConversationFact | null {
  if (fact === null) return arrives(each);
  const text = (name: string): string | null => (typeof each.properties[name] === "string" ? String(each.properties[name]) : null);
  switch (each.kind) {
    case "message.sent":
      return answeredBy(fact, each);
    case "conversation.closed":
      return {
        ...fact,
        isClosed: true,
        closings: fact.closings + 1,
        firstClosedAt: fact.firstClosedAt ?? each.occurredAt,
        lastClosedAt: each.occurredAt,
      };
    case "conversation.reopened":
      return { ...fact, isClosed: false, reopenings: fact.reopenings + (text("by") === "customer" && isWithinWeek(fact, each) ? 1 : 0) };
    case "survey.sent":
      return { ...fact, askedAt: each.occurredAt };
    case "survey.withheld":
      return { ...fact, withheldBecause: text("reason") };
    case "survey.answered":
      return { ...fact, rating: numberIn(each, "rating"), comment: text("comment"), ratedAt: each.occurredAt, memberId: each.memberId };
    case "survey.voided":
      return { ...fact, rating: null, comment: null, ratedAt: null };
    default:
      return fact;
  }
}

function arrives(each: Interaction): ConversationFact | null {
  if (each.kind === "message.received" && each.properties["automatic"] === true) return null;
  if (each.conversationId === null || (each.kind !== "conversation.opened" && each.kind !== "message.received")) return null;
  return {
    conversationId: each.conversationId,
    workspaceId: each.workspaceId,
    customerId: each.customerId,
    writtenFor: each.writtenFor,
    channel: each.channel,
    began: each.kind === "conversation.opened" ? "customer" : "member",
    arrivedAt: each.occurredAt,
    queueLength: numberIn(each, "queueLength"),
    firstResponseAt: null,
    firstResponseMinutes: null,
    firstResponseBusinessMinutes: null,
    firstResponseKept: null,
    firstClosedAt: null,
    lastClosedAt: null,
    isClosed: false,
    closings: 0,
    reopenings: 0,
    askedAt: null,
    withheldBecause: null,
    rating: null,
    comment: null,
    ratedAt: null,
    memberId: null,
  };
}

/** The first answer after the customer wrote; the clock never starts again. */
function answeredBy(fact: ConversationFact, each: Interaction): ConversationFact {
  const wait: unknown = each.properties["wait"];
  if (fact.firstResponseAt !== null || typeof wait !== "object" || wait === null) return fact;
  const business = "businessMinutes" in wait && typeof wait.businessMinutes === "number" ? wait.businessMinutes : null;
  const kept = "kept" in wait && typeof wait.kept === "boolean" ? wait.kept : null;
  return {
    ...fact,
    firstResponseAt: each.occurredAt,
    firstResponseMinutes: (each.occurredAt.getTime() - fact.arrivedAt.getTime()) / 60_000,
    firstResponseBusinessMinutes: business,
    firstResponseKept: kept,
    memberId: fact.memberId ?? each.memberId,
  };
}

const WEEK_MS = 7 * 86_400_000;

function isWithinWeek(fact: ConversationFact, each: Interaction): boolean {
  return fact.lastClosedAt !== null && each.occurredAt.getTime() - fact.lastClosedAt.getTime() <= WEEK_MS;
}

export interface OrderFact {
  orderId: number;
  workspaceId: number;
  customerId: number;
  /** See Interaction.writtenFor. */
  writtenFor: number;
  number: string | null;
  placedAt: Date | null;
  promisedAt: Date | null;
  deliveredAt: Date | null;
  lateAt: Date | null;
  cancelledAt: Date | null;
}

export function orderAfter(fact: OrderFact | null, each: Interaction): OrderFact | null {
  if (each.orderId === null) return fact;
  const promised = each.properties["promisedAt"];
  const number = each.properties["number"];
  const known: OrderFact = fact ?? {
    orderId: each.orderId,
    workspaceId: each.workspaceId,
    customerId: each.customerId,
    writtenFor: each.writtenFor,
    number: null,
    placedAt: null,
    promisedAt: null,
    deliveredAt: null,
    lateAt: null,
    cancelledAt: null,
  };
  const told = {
    ...known,
    number: typeof number === "string" ? number : known.number,
    promisedAt: typeof promised === "string" ? new Date(promised) : known.promisedAt,
  };
  switch (each.kind) {
    case "order.placed":
      return { ...told, placedAt: each.occurredAt };
    case "order.delivered":
      return { ...told, deliveredAt: each.occurredAt };
    case "order.late":
      return { ...told, lateAt: each.occurredAt };
    case "order.not-late":
      return { ...told, lateAt: null };
    case "order.cancelled":
      return { ...told, cancelledAt: each.occurredAt };
    default:
      return told;
  }
}

export interface ContactFact {
  position: number;
  workspaceId: number;
  customerId: number;
  /** See Interaction.writtenFor. */
  writtenFor: number;
  at: Date;
  weWroteFirst: boolean;
}

/** Who spoke first: a conversation the customer opened, or a message of ours that nobody had asked for. */
export function contactOf(each: Interaction): ContactFact | null {
  const theyWrote = each.kind === "conversation.opened";
  const weWrote = each.initiative === "proactive" && (each.kind === "message.sent" || each.kind === "survey.sent");
  if (!theyWrote && !weWrote) return null;
  return {
    position: each.position,
    workspaceId: each.workspaceId,
    customerId: each.customerId,
    writtenFor: each.writtenFor,
    at: each.occurredAt,
    weWroteFirst: weWrote,
  };
}

function numberIn(each: Interaction, name: string): number | null {
  const value = each.properties[name];
  return typeof value === "number" ? value : null;
}

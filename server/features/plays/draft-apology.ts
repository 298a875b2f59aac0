import { createHash } from "node:crypto";
import type { PlaySettings } from "./queries.ts";

export interface ApologyFacts {
  company: string;
  /** How to address them; null when no name is known. */
  name: string | null;
  orderNumber: string;
  items: string;
  promisedAt: Date;
  deliveredAt: Date | null;
  timeZone: string;
  locale: string;
}

export interface Draft {
  subject: string;
  text: string;
}

const SUBJECT = "Your order {order} is late, and we are sorry";
const SUBJECT_AFTER = "Your order {order} came late, and we are sorry";
const TEXT =
  "{greeting}\n\nwe promised your order {order} ({items}) for {promised}, and it has not reached you yet. We are sorry. We are finding out where it is, and you will hear from us as soon as we know.\n\nIf that no longer suits you, just answer this mail: we will find another time, or give you your money back.";
const TEXT_AFTER =
  "{greeting}\n\nwe promised your order {order} ({items}) for {promised}, and it came at {delivered}. We are sorry; that is not what we promised.\n\nIf the delay spoilt anything for you, just answer this mail and we will put it right.";

/** The message as it is proposed: the workspace's own words, or ours, with the order's facts in them. */
export function draftApology(facts: ApologyFacts, settings: PlaySettings, coupon: string | null): Draft {
  const hasCome = facts.deliveredAt !== null;
  const fill = (template: string): string => template.replace(/\{(\w+)\}/g, (whole, name: string) => words(facts)[name] ?? whole);
  const body = fill(settings.lateText ?? (hasCome ? TEXT_AFTER : TEXT));
  const gift =
    coupon === null
      ? []
      : [fill(settings.couponText ?? "For your trouble, here is something towards your next order: {coupon}").replace("{coupon}", coupon)];
  return {
    subject: fill(settings.lateSubject ?? (hasCome ? SUBJECT_AFTER : SUBJECT)),
    text: [body, ...gift, facts.company].join("\n\n"),
  };
}

function words(facts: ApologyFacts): Record<string, string> {
  const moment = new Intl.DateTimeFormat(facts.locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: facts.timeZone,
  });
  return {
    greeting: facts.name ? `Hello ${facts.name.split(" ")[0]},` : "Hello,",
    order: facts.orderNumber,
    items: facts.items,
    promised: moment.format(facts.promisedAt),
    delivered: facts.deliveredAt ? moment.format(facts.deliveredAt) : "",
    company: facts.company,
  };
}

export const HOLDOUT_SHARE = 0.1;

/** Whether an order is held out of the coupon: by a hash, so that the draw is random to people and the same for ever. */
export function isHeldOut(workspaceId: number, orderId: number): boolean {
  const digest = createHash("sha256").update(`late-delivery:${workspaceId}:${orderId}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < HOLDOUT_SHARE;
}

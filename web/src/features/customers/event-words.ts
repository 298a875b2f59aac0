import type { TimelineItem } from "../../../../sdk/index.ts";
import { formatDuration, formatMoney } from "../../shell/words.ts";
import { consentWords } from "./consent-words.ts";

/** What happened, in a few words; and the customer's own words, which are set in serif. */
export interface EventWords {
  words: string;
  quote: string | null;
}

type Described = Pick<TimelineItem, "kind" | "properties" | "member" | "channel"> & Partial<Pick<TimelineItem, "initiative">>;

/** Says a row of the log in plain words. A kind that is not known yet is shown by its name. */
export function eventWords(item: Described): EventWords {
  const text = (name: string): string | null => textOf(item.properties[name]);
  const number = (name: string): number | null => numberOf(item.properties[name]);
  const within = (name: string): string | null => textOf(memberOf(item.properties.properties, name));
  const campaign = textOf(memberOf(item.properties.campaign, "name")) ?? textOf(memberOf(item.properties.campaign, "source"));
  const by = item.member ? `${item.member.name} ` : "";
  const order = text("number") ?? text("orderNumber");
  const orderName = order ? `Order ${order}` : "An order";

  switch (item.kind) {
    case "message.received":
      return { words: "Wrote:", quote: text("subject") ?? text("preview") ?? text("text") };
    case "message.sent": {
      const isFirst = text("play") !== null || item.initiative === "proactive";
      return { words: `${by || "We "}${isFirst ? "wrote first" : "answered"}${afterWait(item.properties.wait)}`, quote: null };
    }
    case "message.undelivered":
    case "message.bounced":
      return { words: "Our message came back undelivered", quote: null };
    case "note.added":
      return { words: `${by || "Somebody "}wrote a note`, quote: null };
    case "conversation.opened":
      return { words: "A conversation began", quote: text("subject") };
    case "conversation.closed":
      return { words: `${by || "We "}closed the conversation`, quote: null };
    case "conversation.reopened":
      return { words: "The conversation was opened again", quote: null };
    case "conversation.assigned":
      return { words: item.properties.to === null ? "Given to nobody" : `${by || "Somebody "}gave it to a member`, quote: null };
    case "order.placed":
      return { words: `${orderName} placed`, quote: null };
    case "order.shipped":
      return { words: `${orderName} on its way`, quote: null };
    case "order.late":
      return { words: `${orderName} is late`, quote: null };
    case "order.delivered":
      return { words: `${orderName} delivered${lateness(number("lateMinutes") ?? number("minutesLate"))}`, quote: null };
    case "order.not-late":
      return { words: `${orderName} is not late after all`, quote: null };
    case "order.lost":
      return { words: `${orderName} was lost`, quote: null };
    case "experience.at-risk":
      return { words: `At risk: ${number("poorExperiences") ?? "two"} poor experiences in 90 days`, quote: null };
    case "experience.recovered":
      return { words: "No longer at risk", quote: null };
    case "order.cancelled":
      return { words: `${orderName} cancelled`, quote: null };
    case "order.paid":
      return { words: `${orderName} paid`, quote: null };
    case "order.refunded":
      return {
        words: `${moneyOf(number("amount"), text("currency"))} refunded of ${orderName.replace("Order", "order")}`,
        quote: text("reason"),
      };
    case "order.return-requested":
      return { words: `Wants to return something of ${orderName.replace("Order", "order")}`, quote: text("reason") };
    case "order.returned":
      return { words: `${orderName} returned`, quote: text("reason") };
    case "order.disputed":
      return { words: `The payment of ${orderName.replace("Order", "order")} is disputed`, quote: null };
    case "survey.sent":
    case "survey.asked":
      return { words: "We asked how it was", quote: null };
    case "survey.answered": {
      const rating = number("rating") ?? number("score");
      return {
        words: rating === null ? "Told us how it was" : `Rated us ${rating} of 5${text("comment") ? ":" : ""}`,
        quote: text("comment"),
      };
    }
    case "survey.voided":
      return { words: "A machine opened the rating links; that is no answer", quote: null };
    case "survey.deferred":
      return { words: "We wait with asking how it was", quote: null };
    case "survey.withheld":
      return { words: `We did not ask: ${text("reason") ?? "not now"}`, quote: null };
    case "play.message.sent":
    case "proposal.sent":
      return { words: `We wrote first: ${text("subject") ?? "about the late order"}`, quote: null };
    case "proposal.created":
    case "play.message.proposed":
      return { words: "A message was proposed", quote: null };
    case "proposal.dropped":
      return { words: `${by || "Somebody "}dropped what was proposed`, quote: null };
    case "proposal.withheld":
      return { words: `A message was held back: ${text("reason") ?? "not now"}`, quote: null };
    case "consent.given":
    case "consent.withdrawn": {
      const what = consentWords(text("class") ?? "message", item.channel ?? "email").toLowerCase();
      return { words: `${item.kind === "consent.given" ? "Agreed to" : "Does not want"} ${what}:`, quote: text("wording") };
    }
    case "page.viewed":
      return {
        words: `Looked at ${text("title") ?? within("title") ?? text("name") ?? within("path") ?? text("path") ?? "a page"}`,
        quote: null,
      };
    case "screen.viewed":
      return { words: `Opened ${text("name") ?? "a screen"} in the app`, quote: null };
    case "event.tracked":
      return { words: text("name") ?? "Did something", quote: null };
    case "advert.clicked":
      return { words: `Came by an advert${campaign ? ` (${campaign})` : ""}`, quote: null };
    case "customer.imported":
      return { words: "Came in with a file", quote: null };
    case "customer.identified":
      return { words: "Said who they are", quote: null };
    case "customer.grouped":
      return { words: "Belongs to a company", quote: null };
    case "customer.aliased":
      return { words: "Goes by another id as well", quote: null };
    case "segment.entered":
      return { words: `Came into “${text("name") ?? "a segment"}”`, quote: null };
    case "segment.left":
      return { words: `Left “${text("name") ?? "a segment"}”`, quote: null };
    default:
      return { words: text("title") ?? plain(item.kind), quote: text("quote") };
  }
}

/** How long an answer took, and whether that was promised otherwise. */
function afterWait(wait: unknown): string {
  if (typeof wait !== "object" || wait === null || !("calendarMinutes" in wait)) return "";
  const minutes = numberOf(wait.calendarMinutes);
  const broken = "kept" in wait && wait.kept === false;
  return minutes === null ? "" : `, ${formatDuration(minutes)} after${broken ? ", later than promised" : ""}`;
}

/** What we note of a customer, and neither side went to the other for. */
export function isNote(kind: string): boolean {
  return ["segment.entered", "segment.left", "experience.at-risk", "experience.recovered"].includes(kind);
}

/** What only keeps the books, and is told by another row already. */
export function isBookkeeping(kind: string): boolean {
  return ["conversation.opened", "conversation.changed", "message.delivery-changed"].includes(kind);
}

function moneyOf(amount: number | null, currency: string | null): string {
  return amount === null || currency === null ? "Money was" : formatMoney(amount, currency);
}

function lateness(minutes: number | null): string {
  if (minutes === null) return "";
  return minutes > 0 ? `, ${formatDuration(minutes)} late` : " on time";
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A kind by its name, in words. */
export function plain(kind: string): string {
  const words = kind.replaceAll(/[._]/gu, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

import type { Interaction } from "../interactions/index.ts";
import { sentimentOf } from "../text/index.ts";

/** What one interaction says of how the customer feels. */
export interface Piece {
  kind: string;
  /** In a few words, for people: beside its points. */
  reason: string;
  /** What it belongs to; evidence of one episode is capped together. */
  episode: string;
  valence: number;
  weight: number;
}

/** What an interaction does to the evidence: adds a piece, takes some back, or words one anew. */
export type Effect =
  | { do: "add"; piece: Piece }
  | { do: "replace"; piece: Piece }
  | { do: "withdraw"; episode: string; kind: string }
  | { do: "reword"; episode: string; kind: string; reason: string };

type Rule = (interaction: Interaction) => Effect | null;

/** Kind by kind. Weights are judgements, stated here once: a rating is the customer's own word and weighs most. */
const RULES: Record<string, Rule> = {
  "order.late": late,
  "order.not-late": (each) => ({ do: "withdraw", episode: orderOf(each), kind: "late" }),
  "order.delivered": delivered,
  "survey.answered": rated,
  "survey.voided": (each) => ({ do: "withdraw", episode: conversationOf(each), kind: "rating" }),
  "message.received": wrote,
  "message.sent": answered,
  "conversation.reopened": reopened,
};

export const KINDS = Object.keys(RULES);

export function effectOf(interaction: Interaction): Effect | null {
  return RULES[interaction.kind]?.(interaction) ?? null;
}

function late(each: Interaction): Effect {
  return add({ kind: "late", reason: `Order ${text(each, "number")} late`, episode: orderOf(each), valence: -0.6, weight: 1 });
}

/** Lateness was counted when the clock passed the promise; the delivery only says by how much. */
function delivered(each: Interaction): Effect | null {
  const lateMinutes = each.properties["lateMinutes"];
  if (typeof lateMinutes !== "number") return null;
  const number = text(each, "number");
  if (lateMinutes > 0)
    return { do: "reword", episode: orderOf(each), kind: "late", reason: `Order ${number} came ${durationOf(lateMinutes)} late` };
  return add({ kind: "on-time", reason: `Order ${number} on time`, episode: orderOf(each), valence: 0.3, weight: 0.5 });
}

/** A changed answer takes the place of the first. */
function rated(each: Interaction): Effect | null {
  const rating = each.properties["rating"];
  if (typeof rating !== "number" || rating < 1 || rating > 5) return null;
  return {
    do: "replace",
    piece: { kind: "rating", reason: `Rated us ${rating} of 5`, episode: conversationOf(each), valence: (rating - 3) / 2, weight: 2 },
  };
}

const CLEAR = 0.3;

/** Only words that clearly say something count, and lightly: a lexicon is often wrong. */
function wrote(each: Interaction): Effect | null {
  if (each.properties["automatic"] === true) return null;
  const sentiment = sentimentOf(text(each, "text"));
  if (sentiment === null || Math.abs(sentiment.valence) < CLEAR) return null;
  const reason = sentiment.valence < 0 ? "Wrote, and sounded upset" : "Wrote, and sounded pleased";
  return add({ kind: "words", reason, episode: conversationOf(each), valence: sentiment.valence, weight: 0.4 });
}

function answered(each: Interaction): Effect | null {
  if (each.properties["play"] === "late-delivery") {
    return add({
      kind: "told-first",
      reason: "Told before they wrote",
      episode: each.orderId === null ? conversationOf(each) : orderOf(each),
      valence: 0.4,
      weight: 0.5,
    });
  }
  const wait = waitIn(each);
  if (wait === null || wait.kept === null) return null;
  const first = wait.kind === "first response" ? "First answer" : "Answer";
  const took = durationOf(wait.calendarMinutes);
  if (wait.kept)
    return wait.kind === "first response"
      ? add({ kind: "answered-in-time", reason: `First answer in ${took}`, episode: conversationOf(each), valence: 0.3, weight: 0.3 })
      : null;
  return add({ kind: "answered-late", reason: `${first} after ${took}`, episode: conversationOf(each), valence: -0.5, weight: 0.75 });
}

function reopened(each: Interaction): Effect | null {
  if (each.properties["by"] !== "customer") return null;
  return add({ kind: "reopened", reason: "Had to write again", episode: conversationOf(each), valence: -0.3, weight: 0.4 });
}

function add(piece: Piece): Effect {
  return { do: "add", piece };
}

interface Wait {
  kind: string;
  calendarMinutes: number;
  kept: boolean | null;
}

function waitIn(each: Interaction): Wait | null {
  const wait: unknown = each.properties["wait"];
  if (typeof wait !== "object" || wait === null || !("kind" in wait) || !("calendarMinutes" in wait) || !("kept" in wait)) return null;
  const { kind, calendarMinutes, kept } = wait;
  if (typeof kind !== "string" || typeof calendarMinutes !== "number" || (kept !== null && typeof kept !== "boolean")) return null;
  return { kind, calendarMinutes, kept };
}

function text(each: Interaction, name: string): string {
  const value = each.properties[name];
  return typeof value === "string" ? value : "";
}

function orderOf(each: Interaction): string {
  return `order:${each.orderId ?? `at-${each.position}`}`;
}

function conversationOf(each: Interaction): string {
  return `conversation:${each.conversationId ?? `at-${each.position}`}`;
}

/** 220 → "3 h 40"; 50 → "50 min"; 2900 → "2 days". */
export function durationOf(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes));
  if (whole < 60) return `${whole} min`;
  if (whole >= 2880) return `${Math.round(whole / 1440)} days`;
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, "0")}`;
}

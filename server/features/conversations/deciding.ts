import { dueAt, minutesWithin, type ServiceLevel } from "../service-levels/index.ts";
import type { Conversation, ConversationChange } from "./queries.ts";

/** What a customer's message changes in a conversation: who waits for whom, until when, and that it is open. */
export function afterCustomerWrote(conversation: Conversation, at: Date, level: ServiceLevel): ConversationChange {
  const isReopened = conversation.status === "closed";
  const alreadyWaiting = conversation.waitingSince !== null && !isReopened;
  const isFirst = conversation.firstResponseAt === null && conversation.began === "customer";
  const minutes = isFirst ? level.firstResponseMinutes : level.nextResponseMinutes;
  return {
    status: "open",
    closedAt: null,
    reopened: conversation.reopened + (isReopened ? 1 : 0),
    ...(alreadyWaiting
      ? {}
      : { waitingSince: at, dueAt: dueAt(at, minutes, level.hours), dueKind: isFirst ? "first response" : "next response" }),
  };
}

/** How long the customer waited for an answer given now, and whether that kept the promise. */
export interface Wait {
  kind: "first response" | "next response";
  calendarMinutes: number;
  businessMinutes: number;
  dueAt: string | null;
  /** Null where no time was promised. */
  kept: boolean | null;
}

/** Null when nobody was waiting: a second reply, or the member wrote first. */
export function waitOf(conversation: Conversation, at: Date, level: ServiceLevel): Wait | null {
  const since = conversation.waitingSince;
  if (since === null) return null;
  const kind = conversation.firstResponseAt === null && conversation.began === "customer" ? "first response" : "next response";
  return {
    kind,
    calendarMinutes: (at.getTime() - since.getTime()) / 60_000,
    businessMinutes: minutesWithin(since, at, level.hours),
    dueAt: conversation.dueAt?.toISOString() ?? null,
    kept: conversation.dueAt === null ? null : at <= conversation.dueAt,
  };
}

/** What a member's reply changes: nobody waits for us any more. */
export function afterMemberWrote(conversation: Conversation, at: Date): ConversationChange {
  const answers = conversation.waitingSince !== null || conversation.began === "customer";
  return {
    waitingSince: null,
    dueAt: null,
    dueKind: null,
    ...(conversation.firstResponseAt === null && answers ? { firstResponseAt: at } : {}),
  };
}

export interface Deadline {
  kind: "first response" | "next response" | "resolution";
  at: Date;
  startedAt: Date;
  state: "running" | "missed" | "paused";
  explanation: string;
}

/** The promise that counts now, for the hairline under a conversation's subject. */
export function deadlineOf(conversation: Conversation, now: Date, level: ServiceLevel): Deadline | null {
  if (conversation.status === "closed") return null;
  if (conversation.waitingSince !== null && conversation.dueAt !== null && conversation.dueKind !== null) {
    const minutes = conversation.dueKind === "first response" ? level.firstResponseMinutes : level.nextResponseMinutes;
    const state = now > conversation.dueAt ? "missed" : "running";
    return {
      kind: conversation.dueKind,
      at: conversation.dueAt,
      startedAt: conversation.waitingSince,
      state,
      explanation: `${inWords(minutes)} of opening hours since they wrote`,
    };
  }
  if (conversation.resolutionDueAt === null) return null;
  return {
    kind: "resolution",
    at: conversation.resolutionDueAt,
    startedAt: conversation.openedAt,
    state: "paused",
    explanation: "Paused while we wait for their answer",
  };
}

function inWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : "", rest > 0 ? `${rest} min` : ""].filter(Boolean).join(" ");
}

/** The first words of a message, for lists. */
export function previewOf(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 160);
}

export function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 60_000;
}

import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { answer, api } from "../../shell/api.ts";
import { toast } from "../../ui/toasts.tsx";
import { hold } from "../../ui/held.ts";
import type { Held } from "../../ui/held.ts";
import { refetchConversation } from "./cache.ts";

/** A reply that goes out in ten seconds unless it is taken back, or one that did not go. */
export interface Sending {
  id: number;
  key: string;
  conversationId: string;
  text: string;
  close: boolean;
  attachments: readonly { id: string; name: string }[];
  state: "held" | "sending" | "failed";
  why?: string;
  held?: Held;
  /** Puts its words back where they were written. */
  giveBack: (text: string) => void;
}

let all: readonly Sending[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: readonly Sending[]): void {
  all = next;
  for (const tell of listeners) tell();
}

function change(id: number, to: Partial<Sending>): void {
  set(all.map((each) => (each.id === id ? { ...each, ...to } : each)));
}

/** The replies of a conversation that are on their way. */
export function useSending(conversationId: string): readonly Sending[] {
  const everything = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => all,
  );
  return everything.filter((each) => each.conversationId === conversationId);
}

type Reply = Pick<Sending, "conversationId" | "text" | "close" | "attachments" | "giveBack">;

/** Sends a reply after ten seconds, unless it is taken back. */
export function sendReply(client: QueryClient, reply: Reply): void {
  count += 1;
  const id = count;
  const held = hold(() => {
    away();
    void post(client, id);
  });
  const undo = (): void => {
    held.undo();
    away();
    takeBack(id);
  };
  set([...all, { ...reply, id, key: crypto.randomUUID(), state: "held", held: { now: held.now, undo } }]);
  const away = toast(reply.close ? "Sending, then closing." : "Sending.", { undo, now: { label: "Send now", run: held.now }, ms: 10_000 });
}

/** Tries again what did not go. */
export function retrySending(client: QueryClient, id: number): void {
  void post(client, id);
}

/** Gives up on what has not gone, and gives its words back. */
export function takeBack(id: number): void {
  const found = all.find((each) => each.id === id);
  set(all.filter((each) => each.id !== id));
  found?.giveBack(found.text);
}

async function post(client: QueryClient, id: number): Promise<void> {
  const found = all.find((each) => each.id === id);
  if (!found) return;
  change(id, { state: "sending", why: undefined });
  try {
    await answer(
      api.POST("/api/v1/conversations/{id}/messages", {
        params: { path: { id: found.conversationId } },
        body: { kind: "reply", text: found.text, attachments: found.attachments.map((each) => each.id), close: found.close },
        // The same key for every try, so that a reply whose answer was lost is not sent twice.
        headers: { "Idempotency-Key": found.key },
        keepalive: true,
      }),
    );
    await client.invalidateQueries({ queryKey: ["conversations", "messages", found.conversationId] });
    set(all.filter((each) => each.id !== id));
    refetchConversation(client, found.conversationId);
  } catch (error) {
    change(id, { state: "failed", why: error instanceof Error ? error.message : "The reason is not known." });
  }
}

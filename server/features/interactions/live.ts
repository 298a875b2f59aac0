import { setTimeout as sleep } from "node:timers/promises";
import { anywhere } from "../../platform/db/index.ts";
import { publicId, publicIdOrNull } from "../../platform/ids.ts";
import { log } from "../../platform/log.ts";
import type { Interaction } from "./interaction.ts";
import { digestedPosition, readFeed } from "./queries.ts";
import { newestPosition, readHorizon } from "./horizon.ts";
import { hearTakenIn, onTakenIn } from "./wake.ts";

const POLL_MS = 250;
const BATCH = 500;
/** A screen that has missed more than this many is told to look at everything again. */
const MOST_MISSED = 1000;

export type LiveMessage =
  | { type: "hello"; position: number }
  | { type: "interactions"; position: number; items: LiveItem[] }
  | { type: "behind"; position: number };

export interface LiveItem {
  id: string;
  kind: string;
  customerId: string;
  conversationId: string | null;
  orderId: string | null;
  memberId: string | null;
  occurredAt: string;
}

interface Subscriber {
  workspaceId: number;
  position: number;
  send(message: LiveMessage): void;
}

/**
 * One reader per process for all screens. It passes an interaction on when the listeners have taken it in, so that
 * what a screen then asks for (a score, a count) already contains it.
 */
export class LiveFeed {
  #position = 0;
  #subscribers = new Set<Subscriber>();
  #stopping = false;
  #wake: (() => void) | null = null;
  #isCalled = false;
  #loop: Promise<void> = Promise.resolve();
  #stopListening: () => Promise<void> = async () => undefined;

  async start(): Promise<void> {
    this.#position = await settledPosition();
    const stopOwn = onTakenIn(() => {
      this.#isCalled = true;
      this.#wake?.();
    });
    const stopOthers = await hearTakenIn();
    this.#stopListening = async () => {
      stopOwn();
      await stopOthers();
    };
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    await this.#stopListening();
    await this.#loop;
  }

  /** Joins a screen: first what it missed after a position, then all that comes. Answers how to leave. */
  async subscribe(workspaceId: number, after: number | null, send: (message: LiveMessage) => void): Promise<() => void> {
    if (this.#subscribers.size === 0) this.#position = Math.max(this.#position, await settledPosition());
    const missed = await this.#missed(workspaceId, after);
    const subscriber: Subscriber = { workspaceId, position: missed.position, send };
    send({ type: "hello", position: missed.position });
    if (missed.tooMany) send({ type: "behind", position: missed.position });
    else if (missed.items.length > 0) send({ type: "interactions", position: missed.position, items: missed.items });
    // What was passed on to others while its own past was being read.
    while (subscriber.position < this.#position) await this.#tell(subscriber, [], { from: Number.NaN, reached: this.#position });
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  async #missed(workspaceId: number, after: number | null): Promise<{ position: number; items: LiveItem[]; tooMany: boolean }> {
    const position = this.#position;
    if (after === null || after >= position) return { position, items: [], tooMany: false };
    const rows = await readFeed(anywhere(), { after, upTo: position, limit: MOST_MISSED + 1, workspaceId });
    if (rows.length > MOST_MISSED) return { position, items: [], tooMany: true };
    return { position, items: rows.map(itemOf), tooMany: false };
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        this.#isCalled = false;
        while (!this.#stopping && (await this.#passOn()));
        if (!this.#isCalled) await this.#wait();
      } catch (error) {
        log.warn("the live feed cannot read the log now; trying again", { error });
        await sleep(1000);
      }
    }
  }

  /** While nobody watches nothing is read; the first screen to join finds out where the log stands. */
  async #passOn(): Promise<boolean> {
    if (this.#subscribers.size === 0) return false;
    const upTo = await settledPosition();
    if (upTo <= this.#position) return false;
    const rows = await readFeed(anywhere(), { after: this.#position, upTo, limit: BATCH, workspaceId: null });
    const reached = rows.length === BATCH ? (rows.at(-1)?.position ?? upTo) : upTo;
    const from = this.#position;
    this.#position = Math.max(reached, from);
    const byWorkspace = Map.groupBy(rows, (row) => row.workspaceId);
    const items = new Map([...byWorkspace].map(([id, its]) => [id, its.map(itemOf)]));
    for (const subscriber of this.#subscribers) await this.#tell(subscriber, items.get(subscriber.workspaceId) ?? [], { from, reached });
    return rows.length === BATCH;
  }

  /** A screen that joined while this batch was being read may lack what lies before it: it is read for it alone. */
  async #tell(subscriber: Subscriber, items: LiveItem[], { from, reached }: { from: number; reached: number }): Promise<void> {
    const since = subscriber.position;
    if (since >= reached) return;
    subscriber.position = reached;
    const its = since === from ? items : await this.#itemsFor(subscriber.workspaceId, since, reached);
    if (its.length > 0) subscriber.send({ type: "interactions", position: reached, items: its });
  }

  async #itemsFor(workspaceId: number, after: number, upTo: number): Promise<LiveItem[]> {
    const rows = after < upTo ? await readFeed(anywhere(), { after, upTo, limit: MOST_MISSED, workspaceId }) : [];
    return rows.map(itemOf);
  }

  async #wait(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}

/** Committed for certain, and taken in by the listeners. */
async function settledPosition(): Promise<number> {
  const digested = await digestedPosition(anywhere());
  return digested === Number.MAX_SAFE_INTEGER ? readHorizon(anywhere()) : Math.min(digested, await newestPosition(anywhere()));
}

function itemOf(row: Interaction): LiveItem {
  return {
    id: publicId("int", row.position),
    kind: row.kind,
    customerId: publicId("cus", row.customerId),
    conversationId: publicIdOrNull("con", row.conversationId),
    orderId: publicIdOrNull("ord", row.orderId),
    memberId: publicIdOrNull("mem", row.memberId),
    occurredAt: row.occurredAt.toISOString(),
  };
}

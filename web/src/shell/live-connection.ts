import type { LiveInteraction, LiveMessage } from "../../../sdk/index.ts";

/** The part of a WebSocket that is used, so that tests can stand in for it. */
export interface Socket {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  close: () => void;
}

export interface LiveOptions {
  /** Opens a socket at a path such as `/api/v1/live?after=41`. */
  open: (path: string) => Socket;
  onInteractions: (items: readonly LiveInteraction[]) => void;
  /** What was missed cannot be told again, or nobody listened before now: fetch everything anew. */
  onBehind: () => void;
  onState: (connected: boolean) => void;
  wait?: (run: () => void, ms: number) => unknown;
  random?: () => number;
}

const shortest = 500;
const longest = 30_000;

/**
 * Keeps a live connection. Remembers the last position seen and resumes after it, so
 * that nothing is missed while the connection is lost. Answers with how to nudge it
 * (the network is back) and how to end it.
 */
export function keepLive(options: LiveOptions): { nudge: () => void; end: () => void } {
  const wait = options.wait ?? ((run, ms) => setTimeout(run, ms));
  const random = options.random ?? Math.random;
  let position: number | null = null;
  let tries = 0;
  let socket: Socket | null = null;
  let ended = false;

  function connect(): void {
    if (ended || socket) return;
    const opened = options.open(position === null ? "/api/v1/live" : `/api/v1/live?after=${position}`);
    socket = opened;
    opened.onmessage = (event) => receive(event.data);
    opened.onclose = () => {
      if (socket !== opened) return;
      socket = null;
      options.onState(false);
      if (!ended) wait(connect, backoff());
    };
  }

  function receive(data: unknown): void {
    const message = readMessage(data);
    if (!message) return;
    if (message.type === "hello") {
      tries = 0;
      options.onState(true);
      if (position !== null) return;
      position = message.position;
      options.onBehind();
    } else if (message.type === "behind") {
      position = message.position ?? null;
      options.onBehind();
    } else {
      position = Math.max(position ?? 0, message.position);
      options.onInteractions(message.items);
    }
  }

  function backoff(): number {
    tries += 1;
    return Math.min(longest, shortest * 2 ** (tries - 1)) * (0.5 + random() / 2);
  }

  connect();
  return {
    nudge: connect,
    end: () => {
      ended = true;
      socket?.close();
    },
  };
}

/** Reads what the server sent, or null when it makes no sense. */
export function readMessage(data: unknown): LiveMessage | null {
  if (typeof data !== "string") return null;
  try {
    const told: unknown = JSON.parse(data);
    return isMessage(told) ? told : null;
  } catch {
    return null;
  }
}

function isMessage(told: unknown): told is LiveMessage {
  if (typeof told !== "object" || told === null || !("type" in told)) return false;
  if (told.type === "behind") return true;
  if (!("position" in told) || typeof told.position !== "number") return false;
  return told.type === "hello" || (told.type === "interactions" && "items" in told && Array.isArray(told.items));
}

import { useQueryClient } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { LiveInteraction } from "../../../sdk/index.ts";
import { keepLive } from "./live-connection.ts";
import type { Socket } from "./live-connection.ts";
import { staleKeys } from "./stale-keys.ts";

const listeners = new Set<() => void>();
let lostAt: number | null = null;

/** Keeps every screen true while the member is signed in. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const told: LiveInteraction[] = [];
    const refresh = gathered(() => refetch(client, told.splice(0)));
    const live = keepLive({
      open: openSocket,
      onInteractions: (items) => {
        told.push(...items);
        refresh();
      },
      onBehind: () => void client.invalidateQueries(),
      onState: setConnected,
    });
    window.addEventListener("online", live.nudge);
    return () => {
      window.removeEventListener("online", live.nudge);
      live.end();
    };
  }, [client]);
}

/** Since when there is no connection, or null while there is one. */
export function useLostAt(): number | null {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => lostAt,
  );
}

function setConnected(connected: boolean): void {
  const next = connected ? null : (lostAt ?? Date.now());
  if (next === lostAt) return;
  lostAt = next;
  for (const tell of listeners) tell();
}

function refetch(client: QueryClient, items: readonly LiveInteraction[]): void {
  for (const queryKey of staleKeys(items)) {
    if (queryKey[0] === "board") refreshBoard(client);
    else void client.invalidateQueries({ queryKey });
  }
}

let boardTimer: ReturnType<typeof setTimeout> | null = null;

/** The board counts a whole period; it follows within a second, not with every message. */
function refreshBoard(client: QueryClient): void {
  boardTimer ??= setTimeout(() => {
    boardTimer = null;
    void client.invalidateQueries({ queryKey: ["board"] });
  }, 900);
}

/** Joins what comes close together into one run, a twentieth of a second later. */
function gathered(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      run();
    }, 50);
  };
}

function openSocket(path: string): Socket {
  const { protocol, host } = window.location;
  const opened = new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}${path}`);
  const socket: Socket = { onmessage: null, onclose: null, close: () => opened.close() };
  opened.onmessage = ({ data }) => socket.onmessage?.({ data });
  opened.onclose = () => socket.onclose?.();
  return socket;
}

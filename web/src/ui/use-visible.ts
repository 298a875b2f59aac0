import { useSyncExternalStore } from "react";

/** Whether somebody can see the page: its tab is in front. */
export function useVisible(): boolean {
  return useSyncExternalStore(listen, () => document.visibilityState === "visible");
}

function listen(tell: () => void): () => void {
  document.addEventListener("visibilitychange", tell);
  return () => document.removeEventListener("visibilitychange", tell);
}

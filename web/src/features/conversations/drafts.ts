import { useQueryClient } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ConversationDetail } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";

/** Where a draft stands: as written, kept here, or kept by the server too. */
export type DraftState = { kind: "clean" } | { kind: "here" } | { kind: "saved"; at: number };

const place = (id: string): string => `throughline.draft.${id}`;

/** What was being written, from this device first, else from the server. */
export function draftOf(id: string, fromServer: string | null): string {
  return localStorage.getItem(place(id)) ?? fromServer ?? "";
}

/** Keeps a draft: at once on this device, a second later on the server. */
export function useDraft(id: string): { state: DraftState; keep: (text: string) => void; forget: () => void } {
  const client = useQueryClient();
  const [state, setState] = useState<DraftState>({ kind: "clean" });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const keep = useCallback(
    (text: string) => {
      localStorage.setItem(place(id), text);
      setState({ kind: "here" });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        void save(client, id, text).then((saved) => setState(saved ? { kind: "saved", at: Date.now() } : { kind: "here" }));
      }, 1000);
    },
    [client, id],
  );
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    localStorage.removeItem(place(id));
    setState({ kind: "clean" });
    void save(client, id, "");
  }, [client, id]);
  return { state, keep, forget };
}

async function save(client: QueryClient, id: string, text: string): Promise<boolean> {
  try {
    await answer(api.PUT("/api/v1/conversations/{id}/draft", { params: { path: { id } }, body: { text } }));
    client.setQueryData<ConversationDetail>(
      ["conversations", "one", id],
      (data) => data && { ...data, draft: text === "" ? null : { text, savedAt: new Date().toISOString() } },
    );
    if (localStorage.getItem(place(id)) === text) localStorage.removeItem(place(id));
    return true;
  } catch {
    return false;
  }
}

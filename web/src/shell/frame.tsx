import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { WriteFirst } from "../features/conversations/write-first.tsx";
import { undoLast } from "../ui/toasts.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { useFetchedScreens } from "./fetch-screens.ts";
import { KeyList } from "./key-list.tsx";
import { useKeys } from "./keys.ts";
import { useLive } from "./live.ts";
import { Navigation } from "./navigation.tsx";
import { Offline } from "./offline.tsx";
import { Palette } from "./palette.tsx";
import { useWriteFirst } from "./write-first.ts";

/** What stands around every screen: where one is, how to find, what is live. */
export function Frame({ children }: { children: ReactNode }) {
  const [finding, setFinding] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const [writing, setWriting] = useWriteFirst();
  const navigate = useNavigate();
  useLive();
  useFetchedScreens();
  useKeys([
    { keys: "mod+k", label: "Find or do", group: "Anywhere", run: () => setFinding(true) },
    { keys: "?", label: "All keys", group: "Anywhere", run: () => setKeysShown(true) },
    { keys: "z", label: "Undo", group: "Anywhere", run: undoLast },
    { keys: "g i", label: "Inbox", group: "Go to", run: () => void navigate({ to: "/inbox/$view", params: { view: "mine" } }) },
    { keys: "g c", label: "Customers", group: "Go to", run: () => void navigate({ to: "/customers" }) },
    { keys: "g p", label: "Proposed", group: "Go to", run: () => void navigate({ to: "/inbox/$view", params: { view: "proposed" } }) },
    { keys: "g b", label: "Board", group: "Go to", run: () => void navigate({ to: "/board" }) },
    { keys: "g s", label: "Settings", group: "Go to", run: () => void navigate({ to: "/settings/$page", params: { page: "profile" } }) },
  ]);

  return (
    <div className="flex h-full">
      <a
        href="#content"
        className="sr-only z-50 rounded-m bg-ink px-3 py-2 text-on-ink focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
      >
        To the content
      </a>
      <Navigation onFind={() => setFinding(true)} />
      <div className="flex h-full min-w-0 grow flex-col bg-surface max-phone:pb-[calc(60px+env(safe-area-inset-bottom))]">
        <Offline />
        <main id="content" tabIndex={-1} className="min-h-0 grow outline-none">
          {children}
        </main>
      </div>
      <BottomBar onWrite={() => setWriting({})} />
      <Palette open={finding} onClose={() => setFinding(false)} onKeys={() => setKeysShown(true)} />
      <KeyList open={keysShown} onClose={() => setKeysShown(false)} />
      {writing && <WriteFirst customer={writing.customer} onClose={() => setWriting(null)} />}
    </div>
  );
}

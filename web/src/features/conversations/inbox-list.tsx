import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp, Check } from "lucide-react";
import { useEffect, useRef } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import type { Conversation } from "../../../../sdk/index.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { counted } from "../../shell/words.ts";
import { useAppearance } from "../../shell/theme.ts";
import { Swipe } from "../../ui/swipe.tsx";
import { useMedia } from "../../ui/use-media.ts";
import { InboxRow } from "./inbox-row.tsx";
import { isUrgent, UrgentCard } from "./urgent-card.tsx";

interface InboxListProps {
  conversations: readonly Conversation[];
  waiting: number;
  view: string;
  query?: string;
  openId: string | null;
  onHold: (held: boolean) => void;
  onRelease: () => void;
  onEnd: () => void;
  /** Closes a conversation by a swipe; left out for those who may not. */
  onClose?: (conversation: Conversation) => void;
}

/** The list, of which only what is in sight is drawn. One row is reached by Tab, the others by arrows. */
export function InboxList({ conversations, waiting, view, query, openId, onHold, onRelease, onEnd, onClose }: InboxListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ density }] = useAppearance();
  const phone = useMedia("(max-width: 639.98px)");
  const height = phone ? 68 : density === "compact" ? 64 : 84;
  const urgent = phone && conversations[0] !== undefined && isUrgent(conversations[0]);
  const rows = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (urgent && index === 0 ? 204 : height),
    overscan: 8,
  });
  const openIndex = conversations.findIndex((each) => each.id === openId);
  const items = rows.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => rows.measure(), [rows, height, urgent]);
  useEffect(() => {
    if (openIndex >= 0) rows.scrollToIndex(openIndex, { align: "auto" });
  }, [openIndex, rows]);
  useEffect(() => {
    if (conversations.length > 0 && lastShown >= conversations.length - 10) onEnd();
  }, [lastShown, conversations.length, onEnd]);

  function withSwipe(conversation: Conversation, row: ReactNode): ReactNode {
    if (!phone || !onClose || conversation.status === "closed") return row;
    return (
      <Swipe
        onSwipe={() => onClose(conversation)}
        label={
          <>
            <Check size={16} strokeWidth={1.75} />
            Close
          </>
        }
      >
        {row}
      </Swipe>
    );
  }

  function walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = event.target instanceof HTMLElement ? event.target.closest("[data-row]") : null;
    if (!step || !here) return;
    const index = conversations.findIndex((each) => each.id === here.getAttribute("data-row")) + step;
    const id = conversations[index]?.id;
    if (!id) return;
    event.preventDefault();
    rows.scrollToIndex(index);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus());
  }

  return (
    <div
      className="relative flex min-h-0 grow flex-col"
      onPointerEnter={(event) => event.pointerType === "mouse" && onHold(true)}
      onPointerLeave={() => onHold((scroller.current?.scrollTop ?? 0) > 40)}
    >
      {waiting > 0 && (
        <button
          type="button"
          onClick={() => {
            onRelease();
            scroller.current?.scrollTo({ top: 0 });
          }}
          className="absolute top-2 left-1/2 z-10 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full bg-ink px-3 text-s font-medium text-on-ink shadow-1"
        >
          <ArrowUp size={12} strokeWidth={2} aria-hidden="true" />
          {waiting} new
        </button>
      )}
      <div
        ref={scroller}
        className="min-h-0 grow overflow-auto"
        onKeyDown={walk}
        onScroll={(event) => onHold(event.currentTarget.scrollTop > 40 || event.currentTarget.matches(":hover"))}
      >
        <ol aria-label={counted(conversations.length, "conversation")} className="relative" style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const conversation = conversations[item.index];
            if (!conversation) return null;
            return (
              <li
                key={conversation.id}
                className="absolute inset-x-0 top-0"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                aria-setsize={conversations.length}
                aria-posinset={item.index + 1}
              >
                {withSwipe(
                  conversation,
                  urgent && item.index === 0 ? (
                    <UrgentCard conversation={conversation} view={view} />
                  ) : (
                    <InboxRow
                      conversation={conversation}
                      view={view}
                      query={query}
                      open={conversation.id === openId}
                      reachable={openIndex >= 0 ? conversation.id === openId : item.index === 0}
                    />
                  ),
                )}
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

/** The few keys worth knowing, at the foot of the list. */
export function KeyHints({ may }: { may: boolean }) {
  return (
    <footer
      aria-hidden="true"
      className="mt-auto hidden h-9 shrink-0 items-center gap-3.5 border-t border-line-soft px-[18px] text-s text-text-3 wide:flex pointer-coarse:hidden"
    >
      {[
        ["J K", "move"] as const,
        ...(may
          ? ([
              ["R", "reply"],
              ["E", "close"],
            ] as const)
          : []),
        ["?", "all keys"] as const,
      ].map(([keys, words]) => (
        <span key={keys} className="flex items-center gap-1">
          {keys.split(" ").map((key) => (
            <KeyCap key={key}>{key}</KeyCap>
          ))}
          {words}
        </span>
      ))}
    </footer>
  );
}

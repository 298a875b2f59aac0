import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Conversation, Message } from "../../../../sdk/index.ts";
import { useKeys } from "../../shell/keys.ts";
import { DeadlineStrip } from "../../ui/deadline.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useVisible } from "../../ui/use-visible.ts";
import { useMay, useSession } from "../access/session.ts";
import { experienceQuery } from "../customers/queries.ts";
import { momentsOfExperience } from "../experience/moments.ts";
import { markRead, useConversationActions } from "./actions.ts";
import { Composer } from "./composer.tsx";
import type { ComposerHandle } from "./composer.tsx";
import { ConversationHead } from "./conversation-head.tsx";
import { conversationQuery, messagesQuery } from "./queries.ts";
import { TagDialog } from "./tag-dialog.tsx";
import { Thread } from "./thread.tsx";

interface ConversationPaneProps {
  id: string;
  onCustomer: () => void;
  onBack: () => void;
  /** After it was closed: on to the next. */
  onClosed: (conversation: Conversation) => void;
}

/** One conversation: its promise of time, its thread along the line, and where the answer is written. */
export function ConversationPane({ id, onCustomer, onBack, onClosed }: ConversationPaneProps) {
  const { member } = useSession();
  const may = useMay("conversations:write");
  const conversation = useQuery(conversationQuery(id));
  const messages = useInfiniteQuery(messagesQuery(id));
  const customerId = conversation.data?.customer.id ?? "";
  const experience = useQuery({ ...experienceQuery(customerId), enabled: customerId !== "" });
  const client = useQueryClient();
  const direct = useConversationActions(member);
  const [mode, setMode] = useState<"reply" | "note">("reply");
  const composer = useRef<ComposerHandle>(null);
  const [assigning, setAssigning] = useState(false);
  const [tagging, setTagging] = useState(false);

  const all = useMemo(() => messages.data?.pages.flatMap((page) => page.items) ?? [], [messages.data]);
  const moments = useMemo(() => (experience.data ? momentsOfExperience(experience.data) : []), [experience.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = messages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && all.length < 1000) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, all.length]);

  const shown = conversation.data;
  const visible = useVisible();
  const newestIn = useMemo(() => newestOf(all), [all]);
  useEffect(() => {
    if (newestIn && visible) void markRead(client, id);
  }, [newestIn, visible, client, id]);
  const actions = {
    ...direct,
    close: (each: Conversation) => {
      direct.close(each);
      onClosed(each);
    },
  };
  const write = (next: "reply" | "note"): void => {
    setMode(next);
    composer.current?.focus();
  };
  useKeys(
    shown && may
      ? [
          { keys: "r", label: "Reply", group: "Conversation", run: () => write("reply") },
          { keys: "n", label: "Note", group: "Conversation", run: () => write("note") },
          { keys: "a", label: "Assign", group: "Conversation", run: () => setAssigning(true) },
          { keys: "#", label: "Tag", group: "Conversation", run: () => setTagging(true) },
          {
            keys: "e",
            label: shown.status === "open" ? "Close" : "Reopen",
            group: "Conversation",
            run: () => (shown.status === "open" ? actions.close(shown) : actions.reopen(shown)),
          },
          { keys: "i", label: "Show the customer", group: "Conversation", run: onCustomer },
        ]
      : [],
  );

  if (conversation.error && !shown)
    return <Failure error={conversation.error} what="The conversation was not loaded." onRetry={() => void conversation.refetch()} />;
  if (!shown) return <Skeleton rows={5} height={96} label="Loading the conversation" />;

  return (
    <section aria-label="Conversation" className="flex h-full min-h-0 flex-col">
      <ConversationHead
        conversation={shown}
        actions={actions}
        assigning={assigning}
        onAssigning={setAssigning}
        onTag={() => setTagging(true)}
        onCustomer={onCustomer}
        onBack={onBack}
      />
      {shown.deadline && shown.status === "open" && (
        <DeadlineStrip deadline={shown.deadline} customer={(shown.customer.name ?? "them").split(" ")[0] ?? "them"} />
      )}
      {messages.error && all.length === 0 ? (
        <Failure error={messages.error} what="The messages were not loaded." onRetry={() => void messages.refetch()} />
      ) : messages.isPending ? (
        <div className="grow">
          <Skeleton rows={3} height={96} label="Loading the messages" />
        </div>
      ) : (
        <Thread conversation={shown} messages={all} moments={moments} />
      )}
      {may && (
        <div className="shrink-0 ps-8 pe-4 pb-4 max-phone:px-3 max-phone:pb-3">
          <Composer
            key={id}
            conversation={shown}
            newestIn={newestIn}
            mode={mode}
            onMode={write}
            handle={composer}
            onLeave={() => document.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus()}
          />
        </div>
      )}
      <TagDialog open={tagging} onClose={() => setTagging(false)} onTag={(tag) => actions.tag(shown, tag)} />
    </section>
  );
}

/** When the customer last wrote. */
function newestOf(messages: readonly Message[]): string | null {
  const times = messages.filter((message) => message.direction === "in").map((message) => message.createdAt);
  return times.length === 0 ? null : times.reduce((newest, time) => (time > newest ? time : newest));
}

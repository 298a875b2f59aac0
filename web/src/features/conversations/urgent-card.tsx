import { Link } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import type { Conversation } from "../../../../sdk/index.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { Deadline } from "../../ui/deadline.tsx";
import { Small } from "../../ui/throughline/index.ts";
import { momentsOfLine } from "../experience/moments.ts";

/** Whether a conversation cannot wait: it is due, or the customer has had enough. */
export function isUrgent(conversation: Conversation): boolean {
  return (
    conversation.status === "open" &&
    (conversation.reason !== null || (conversation.deadline !== null && conversation.deadline.state !== "paused"))
  );
}

/** On phones the most urgent conversation opens the list as a card, with its line. */
export function UrgentCard({ conversation, view }: { conversation: Conversation; view: string }) {
  const { customer, deadline, reason } = conversation;
  const name = customer.name ?? customer.email ?? "Somebody";
  return (
    <Link
      to="/inbox/$view/$conversationId"
      params={{ view, conversationId: conversation.id }}
      data-row={conversation.id}
      className="flex h-full flex-col border-b border-line bg-ground px-4 pt-3 pb-2 -outline-offset-2 [--surface:var(--ground)]"
    >
      <span className="flex items-center gap-2">
        <ChannelIcon channel={conversation.channel} />
        <b className="truncate font-strong">{name}</b>
        {conversation.unread && <span className="size-2 shrink-0 rounded-full bg-ink" role="img" aria-label="unread" />}
        <span className="ms-auto">{deadline && <Deadline deadline={deadline} customer={name.split(" ")[0] ?? name} />}</span>
      </span>
      <span className="truncate ps-6 font-medium">{conversation.subject || "No subject"}</span>
      <span className="block min-h-0 grow overflow-hidden py-1 [&_figcaption]:hidden">
        <Small moments={momentsOfLine(conversation.line)} />
      </span>
      <span className="flex items-center gap-1.5 truncate text-s">
        {reason ? (
          <>
            <TriangleAlert size={14} strokeWidth={1.75} className="shrink-0 text-poor" aria-hidden="true" />
            <span className="truncate font-medium text-poor">{reason.charAt(0).toUpperCase() + reason.slice(1)}</span>
          </>
        ) : (
          <span className="truncate text-text-3">{conversation.preview}</span>
        )}
      </span>
    </Link>
  );
}

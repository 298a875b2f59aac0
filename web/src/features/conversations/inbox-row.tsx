import { Link } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { memo } from "react";
import type { Conversation } from "../../../../sdk/index.ts";
import { formatWhen, formatWhole } from "../../shell/words.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { Deadline } from "../../ui/deadline.tsx";
import { Micro } from "../../ui/throughline/index.ts";
import { useNow } from "../../ui/use-now.ts";
import { momentsOfLine } from "../experience/moments.ts";

interface InboxRowProps {
  conversation: Conversation;
  view: string;
  query?: string;
  open: boolean;
  /** The one row that Tab reaches. */
  reachable: boolean;
}

/** A conversation in the list: who, what, why now, and how their line has gone. */
export const InboxRow = memo(function InboxRow({ conversation, view, query, open, reachable }: InboxRowProps) {
  const { customer, deadline, reason } = conversation;
  const name = customer.name ?? customer.email ?? "Somebody";
  const waits = deadline && conversation.status === "open";
  return (
    <Link
      to="/inbox/$view/$conversationId"
      params={{ view, conversationId: conversation.id }}
      search={query ? { query } : {}}
      aria-current={open ? "true" : undefined}
      tabIndex={reachable ? 0 : -1}
      data-row={conversation.id}
      className={`grid h-full grid-cols-[15px_minmax(0,1fr)_auto] content-center gap-x-2.5 border-b border-line-soft ps-[18px] pe-4 -outline-offset-2 hover:bg-hover max-phone:ps-4 ${open ? "!bg-selected" : ""}`}
    >
      <span className="pt-0.5">
        <ChannelIcon channel={conversation.channel} />
      </span>
      <span className="flex min-w-0 items-center gap-[7px]">
        <b className="truncate font-strong">{name}</b>
        {conversation.unread && <span className="size-[7px] shrink-0 rounded-full bg-ink" role="img" aria-label="unread" />}
        {conversation.priority === "urgent" && <span className="text-s text-text-2">urgent</span>}
      </span>
      <span className="justify-self-end">
        {waits ? <Deadline deadline={deadline} customer={first(name)} /> : <When at={conversation.lastMessageAt} />}
      </span>
      <span className="col-start-2 truncate font-medium">{conversation.subject || "No subject"}</span>
      <span className="col-start-3 row-span-2 row-start-2 ms-1 self-center justify-self-end">
        <Micro moments={momentsOfLine(conversation.line)} ground={open ? "var(--selected)" : undefined} />
      </span>
      <span className="col-start-2 truncate text-s [[data-density=compact]_&]:hidden max-phone:hidden">
        {reason ? (
          <span className="flex items-center gap-[5px] font-medium text-poor">
            <TriangleAlert size={12} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />
            <span className="truncate">{capital(reason)}</span>
          </span>
        ) : (
          <span className={open ? "text-text-2" : "text-text-3"}>{conversation.preview}</span>
        )}
      </span>
    </Link>
  );
});

function When({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatWhole(at)} className="text-s whitespace-nowrap text-text-3">
      {formatWhen(at, useNow())}
    </time>
  );
}

function first(name: string): string {
  return name.split(" ")[0] ?? name;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

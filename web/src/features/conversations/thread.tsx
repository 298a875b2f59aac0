import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { ConversationDetail, Message } from "../../../../sdk/index.ts";
import { counted, formatDay } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Points } from "../../ui/score.tsx";
import { Rail, RailEnd } from "../../ui/throughline/index.ts";
import type { Moment } from "../../ui/throughline/index.ts";
import { MessageRow } from "./message.tsx";
import { retrySending, takeBack, useSending } from "./sending.ts";
import type { Sending } from "./sending.ts";
import { threadRows } from "./thread-rows.ts";
import type { ThreadRow } from "./thread-rows.ts";

interface ThreadProps {
  conversation: ConversationDetail;
  messages: readonly Message[];
  moments: readonly Moment[];
}

/** What was said, with what was lived through around it, along the line. */
export function Thread({ conversation, messages, moments }: ThreadProps) {
  const rows = threadRows(messages, moments);
  const sending = useSending(conversation.id);
  const end = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  // Whoever has scrolled up to read is left where they are.
  const atEnd = useRef(true);
  const newest = messages.at(-1)?.id;
  const last = rows.at(-1);
  const score = last && last.kind !== "earlier" ? last.to : 50;

  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [conversation.id]);
  useEffect(() => {
    if (atEnd.current) end.current?.scrollIntoView({ block: "nearest" });
  }, [newest, sending.length]);

  return (
    <div
      ref={scroller}
      onScroll={({ currentTarget }) => {
        atEnd.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 120;
      }}
      className="flex min-h-0 grow flex-col overflow-auto ps-3 pe-5 max-phone:ps-4 max-phone:pe-4"
      tabIndex={0}
      role="region"
      aria-label="Thread"
    >
      <ol className="flex flex-col" aria-live="polite">
        {rows.map((row) => (
          <Row key={keyOf(row)} row={row} conversation={conversation} />
        ))}
        {sending.map((each) => (
          <OnItsWay key={each.id} sending={each} score={score} />
        ))}
      </ol>
      <div ref={end} className="flex min-h-8 grow max-phone:hidden">
        <RailEnd score={score} />
      </div>
    </div>
  );
}

function Row({ row, conversation }: { row: ThreadRow; conversation: ConversationDetail }) {
  if (row.kind === "message")
    return <MessageRow message={row.message} from={row.from} to={row.to} points={row.points} channel={conversation.channel} />;
  const grid =
    "grid grid-cols-[48px_80px_minmax(0,1fr)_auto] items-center gap-x-2 text-text-2 max-phone:grid-cols-[84px_minmax(0,1fr)_auto] max-phone:[&>:first-child]:hidden";
  if (row.kind === "earlier") {
    return (
      <li className={`${grid} min-h-9`}>
        <Rail from={row.score} to={row.score} initiative={null} />
        <span className="text-text-3">Before</span>
        <Link
          to="/customers/$customerId"
          params={{ customerId: conversation.customer.id }}
          className="w-fit py-1 text-s underline-quiet hover:text-text"
        >
          {counted(row.count, "moment")} before this
        </Link>
      </li>
    );
  }
  return (
    <li className={`${grid} min-h-[30px]`}>
      <Rail from={row.from} to={row.to} initiative={row.moment.initiative} />
      <time dateTime={new Date(row.moment.at).toISOString()} className="text-text-3">
        {formatDay(row.moment.at)}
      </time>
      <span>{row.moment.label}</span>
      <Points points={row.moment.points} />
    </li>
  );
}

function OnItsWay({ sending, score }: { sending: Sending; score: number }) {
  const client = useQueryClient();
  return (
    <li className="grid grid-cols-[48px_minmax(0,1fr)] gap-x-2 max-phone:grid-cols-1 max-phone:[&>:first-child]:hidden">
      <Rail from={score} to={score} initiative={null} below="dotted" />
      <div className="pt-1 pb-4 ps-8 max-phone:ps-0">
        <p className={`max-w-[72ch] text-read whitespace-pre-line ${sending.state === "failed" ? "" : "text-text-3"}`}>{sending.text}</p>
        <p className="mt-1 flex items-center gap-2 text-s text-text-2" role="status">
          {sending.state === "held" && "Goes out in a few seconds."}
          {sending.state === "sending" && "Sending."}
          {sending.state === "failed" && `Not sent. ${sending.why} Your reply is kept.`}
          {sending.state === "failed" && <Button onClick={() => retrySending(client, sending.id)}>Try again</Button>}
          {sending.state === "held" && (
            <Button look="plain" onClick={sending.held?.undo}>
              Take it back
            </Button>
          )}
          {sending.state === "failed" && (
            <Button look="plain" onClick={() => takeBack(sending.id)}>
              Take it back
            </Button>
          )}
        </p>
      </div>
    </li>
  );
}

function keyOf(row: ThreadRow): string {
  if (row.kind === "message") return row.message.id;
  return row.kind === "moment" ? `${row.moment.id}-${row.moment.at}` : "earlier";
}

import { Link } from "@tanstack/react-router";
import type { TimelineItem } from "../../../../sdk/index.ts";
import { formatTime, formatWhole } from "../../shell/words.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { Points } from "../../ui/score.tsx";
import { eventWords, isNote } from "./event-words.ts";

/** One thing that happened: when, who began it, how it travelled, what, where, and what it did. */
export function TimelineRow({ item }: { item: TimelineItem }) {
  const { words, quote } = eventWords(item);
  const said = (
    <span className="min-w-0 py-1 [overflow-wrap:anywhere]">
      {words} {quote && <q className="voice text-read">{quote}</q>}
    </span>
  );
  return (
    <div className="grid min-h-8 grid-cols-[38px_9px_15px_minmax(0,1fr)_minmax(0,148px)_40px] items-center gap-x-2.5 border-b border-line-soft max-phone:grid-cols-[38px_9px_minmax(0,1fr)_40px]">
      <time dateTime={item.occurredAt} title={formatWhole(item.occurredAt)} className="text-s text-text-3">
        {formatTime(item.occurredAt)}
      </time>
      {item.initiative === null ? <span /> : <Began initiative={item.initiative} />}
      <span className="max-phone:hidden">{!isNote(item.kind) && <ChannelIcon channel={item.channel} />}</span>
      {item.conversationId ? (
        <Link
          to="/inbox/$view/$conversationId"
          params={{ view: "open", conversationId: item.conversationId }}
          className="min-w-0 hover:underline"
        >
          {said}
        </Link>
      ) : (
        said
      )}
      <span className="truncate text-s text-text-3 max-phone:hidden">
        {[item.stage && item.stage.charAt(0).toUpperCase() + item.stage.slice(1), item.touchpoint ?? item.channel]
          .filter(Boolean)
          .join(", ")}
      </span>
      {item.points === null ? <span /> : <Points points={item.points} />}
    </div>
  );
}

function Began({ initiative }: { initiative: "reactive" | "proactive" }) {
  const isTheirs = initiative === "reactive";
  return (
    <span
      role="img"
      aria-label={isTheirs ? "they came to us" : "we went to them"}
      className={`size-[9px] rounded-full ${isTheirs ? "bg-ink" : "shadow-[inset_0_0_0_1.75px_var(--ink)]"}`}
    />
  );
}

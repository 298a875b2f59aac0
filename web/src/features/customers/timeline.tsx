import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { TimelineItem } from "../../../../sdk/index.ts";
import { formatDayHeading } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Select } from "../../ui/select.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useNow } from "../../ui/use-now.ts";
import { isBookkeeping, plain } from "./event-words.ts";
import { timelineQuery } from "./queries.ts";
import { TimelineRow } from "./timeline-row.tsx";

const stages = ["awareness", "consideration", "purchase", "onboarding", "use", "support", "loyalty", "advocacy"];
const channels = ["email", "web", "chat", "phone", "sms", "delivery", "app", "social", "in-person", "review"];
const any = (name: string, values: readonly string[]) => [
  { value: "", label: `Any ${name}` },
  ...values.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })),
];

const kinds = [
  { value: "", label: "Any kind" },
  { value: "message.received", label: "What they wrote" },
  { value: "message.sent", label: "What we wrote" },
  { value: "page.viewed", label: "Pages seen" },
  { value: "event.tracked", label: "What they did" },
  { value: "advert.clicked", label: "Adverts" },
  { value: "order.placed", label: "Orders" },
  { value: "order.late", label: "Late deliveries" },
  { value: "order.delivered", label: "Deliveries" },
  { value: "order.refunded", label: "Refunds" },
  { value: "survey.answered", label: "Ratings" },
];

/** The usual kinds, and those that this customer has besides. */
function kindsOf(items: readonly TimelineItem[], chosen: string): { value: string; label: string }[] {
  const further = new Set([...items.map((item) => item.kind), ...(chosen ? [chosen] : [])]);
  for (const { value } of kinds) further.delete(value);
  return [
    ...kinds,
    ...[...further]
      .filter((kind) => !isBookkeeping(kind))
      .map((value) => ({ value, label: plain(value) }))
      .sort((one, other) => one.label.localeCompare(other.label)),
  ];
}

/**
 * Everything that happened, by day, newest first. Only what is in view is drawn, so that a life of ten thousand entries
 * scrolls like one of ten.
 */
export function Timeline({ customerId, scroller }: { customerId: string; scroller: RefObject<HTMLElement | null> }) {
  const [kind, setKind] = useState("");
  const [initiative, setInitiative] = useState<"all" | "reactive" | "proactive">("all");
  const [stage, setStage] = useState("");
  const [channel, setChannel] = useState("");
  const filter = {
    ...(kind ? { kind } : {}),
    ...(initiative === "all" ? {} : { initiative }),
    ...(stage ? { stage } : {}),
    ...(channel ? { channel } : {}),
  };
  const timeline = useInfiniteQuery(timelineQuery(customerId, filter));
  const all = useInfiniteQuery(timelineQuery(customerId, {}));
  const choices = useMemo(() => kindsOf(all.data?.pages.flatMap((page) => page.items) ?? [], kind), [all.data, kind]);
  const items = useMemo(
    () => timeline.data?.pages.flatMap((page) => page.items.filter((item) => !isBookkeeping(item.kind))) ?? [],
    [timeline.data],
  );
  const now = useNow();
  function showAll(): void {
    setKind("");
    setInitiative("all");
    setStage("");
    setChannel("");
  }
  const filtered = kind !== "" || initiative !== "all" || stage !== "" || channel !== "";

  return (
    <section aria-labelledby="everything" className="min-w-0 ps-8 pe-5 pt-3.5 pb-8 max-phone:px-4">
      <header className="mb-1.5 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1.5">
        <h2 id="everything" className="font-strong">
          Everything
        </h2>
        <Segments
          label="Who began it"
          value={initiative}
          onChange={setInitiative}
          options={[
            { value: "all", label: "All" },
            { value: "reactive", label: <Begun solid words="They came to us" /> },
            { value: "proactive", label: <Begun words="We went to them" /> },
          ]}
        />
        <span className="grow" />
        <div className="flex flex-wrap items-center gap-x-1 -ms-2">
          <Select quiet label="Kind" value={kind} options={choices} onChange={setKind} />
          <Select quiet label="Stage" value={stage} options={any("stage", stages)} onChange={setStage} />
          <Select quiet label="Channel" value={channel} options={any("channel", channels)} onChange={setChannel} />
        </div>
      </header>
      {timeline.error && items.length === 0 && (
        <Failure error={timeline.error} what="What happened was not loaded." onRetry={() => void timeline.refetch()} />
      )}
      {timeline.isPending && <Skeleton rows={8} height={32} label="Loading what happened" />}
      {timeline.isSuccess && items.length === 0 && (
        <div className="flex flex-col items-start gap-2 py-6 text-text-2">
          <p>{filtered ? "Nothing of that kind. Take a filter away." : "Nothing has happened yet. The first mail or order starts it."}</p>
          {filtered && <Button onClick={showAll}>Show everything</Button>}
        </div>
      )}
      <Entries
        rows={rowsOf(items, now)}
        scroller={scroller}
        onEnd={() => timeline.hasNextPage && !timeline.isFetchingNextPage && void timeline.fetchNextPage()}
      />
      {timeline.isFetchingNextPage && <Skeleton rows={3} height={32} label="Loading what happened earlier" />}
    </section>
  );
}

function Begun({ solid = false, words }: { solid?: boolean; words: string }) {
  return (
    <>
      <span aria-hidden="true" className={`size-2 rounded-full ${solid ? "bg-ink" : "shadow-[inset_0_0_0_1.75px_var(--ink)]"}`} />
      {words}
    </>
  );
}

/** A day's heading, or something that happened on it. */
type Row = string | TimelineItem;

function rowsOf(items: readonly TimelineItem[], now: number): Row[] {
  const rows: Row[] = [];
  let last = "";
  for (const item of items) {
    const day = formatDayHeading(item.occurredAt, now);
    if (day !== last) rows.push(day);
    last = day;
    rows.push(item);
  }
  return rows;
}

const ROW_PX = 33;
/** So many rows before the end, earlier ones are asked for. */
const AHEAD = 60;

interface EntriesProps {
  rows: readonly Row[];
  scroller: RefObject<HTMLElement | null>;
  onEnd: () => void;
}

function Entries({ rows, scroller, onEnd }: EntriesProps) {
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  const isEmpty = rows.length === 0;
  useLayoutEffect(() => {
    if (!list.current || !scroller.current) return;
    setTop(list.current.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top + scroller.current.scrollTop);
  }, [scroller, isEmpty]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => {
      const row = rows[index];
      return typeof row === "string" ? row : (row?.id ?? index);
    },
    scrollMargin: top,
    overscan: 20,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - AHEAD) onEnd();
  }, [last, rows.length, onEnd]);
  return (
    <ol ref={list} className="relative" style={{ height: virtual.getTotalSize() }} aria-label="What happened">
      {shown.map((each) => {
        const row = rows[each.index];
        if (row === undefined) return null;
        return (
          <li
            key={each.key}
            ref={virtual.measureElement}
            data-index={each.index}
            aria-posinset={each.index + 1}
            aria-setsize={-1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${each.start - top}px)` }}
          >
            {typeof row === "string" ? <h3 className="pt-2.5 pb-0.5 text-s text-text-3">{row}</h3> : <TimelineRow item={row} />}
          </li>
        );
      })}
    </ol>
  );
}

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { TimelineItem } from "../../../../sdk/index.ts";
import { formatDayHeading } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Select } from "../../ui/select.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useNow } from "../../ui/use-now.ts";
import { isBookkeeping } from "./event-words.ts";
import { timelineQuery } from "./queries.ts";
import { TimelineRow } from "./timeline-row.tsx";

const stages = ["awareness", "consideration", "purchase", "onboarding", "use", "support", "loyalty", "advocacy"];
const channels = ["email", "web", "chat", "phone", "sms", "delivery", "app", "social", "in-person", "review"];
const any = (name: string, values: readonly string[]) => [
  { value: "", label: name },
  ...values.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })),
];

/** Everything that happened, by day, newest first. */
export function Timeline({ customerId }: { customerId: string }) {
  const [initiative, setInitiative] = useState<"all" | "reactive" | "proactive">("all");
  const [stage, setStage] = useState("");
  const [channel, setChannel] = useState("");
  const filter = { ...(initiative === "all" ? {} : { initiative }), ...(stage ? { stage } : {}), ...(channel ? { channel } : {}) };
  const timeline = useInfiniteQuery(timelineQuery(customerId, filter));
  const items = useMemo(
    () => timeline.data?.pages.flatMap((page) => page.items.filter((item) => !isBookkeeping(item.kind))) ?? [],
    [timeline.data],
  );
  const now = useNow();
  const filtered = initiative !== "all" || stage !== "" || channel !== "";

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
        <Select quiet label="Stage" value={stage} options={any("Stage", stages)} onChange={setStage} />
        <Select quiet label="Channel" value={channel} options={any("Channel", channels)} onChange={setChannel} />
      </header>
      {timeline.error && items.length === 0 && (
        <Failure error={timeline.error} what="What happened was not loaded." onRetry={() => void timeline.refetch()} />
      )}
      {timeline.isPending && <Skeleton rows={8} height={32} label="Loading what happened" />}
      {timeline.isSuccess && items.length === 0 && (
        <p className="py-6 text-text-2">
          {filtered ? "Nothing of that kind. Take a filter away." : "Nothing has happened yet. The first mail or order starts it."}
        </p>
      )}
      {byDay(items, now).map(([day, each]) => (
        <div key={day}>
          <h3 className="pt-2.5 pb-0.5 text-s text-text-3">{day}</h3>
          <ol>
            {each.map((item) => (
              <TimelineRow key={item.id} item={item} />
            ))}
          </ol>
        </div>
      ))}
      {timeline.hasNextPage && (
        <Button className="mt-4" busy={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          Show earlier
        </Button>
      )}
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

function byDay(items: readonly TimelineItem[], now: number): [string, TimelineItem[]][] {
  const days = new Map<string, TimelineItem[]>();
  for (const item of items) {
    const day = formatDayHeading(item.occurredAt, now);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
}

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatShortDay } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { membersQuery, segmentQuery } from "./queries.ts";

/** Who is in it now, the newest first. */
export function SegmentMembers({ id }: { id: string }) {
  const segment = useQuery(segmentQuery(id));
  const members = useInfiniteQuery(membersQuery(id));
  const items = members.data?.pages.flatMap((page) => page.items) ?? [];
  const progress = segment.data?.progress ?? null;
  return (
    <section aria-labelledby="in-it">
      <h2 id="in-it" className="mb-1 font-strong">
        In it now{segment.data && progress === null ? `: ${segment.data.count.toLocaleString()}` : ""}
      </h2>
      {progress !== null && (
        <p className="mb-2 text-text-2" role="status">
          It is being worked out for everybody: {Math.round(progress * 100)} %.
        </p>
      )}
      {members.isSuccess && items.length === 0 && progress === null && <p className="text-text-2">Nobody at the moment.</p>}
      <ul>
        {items.map(({ customer, since }) => (
          <li key={customer.id} className="flex min-h-9 items-center gap-3 border-b border-line-soft">
            <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="min-w-0 grow truncate hover:underline">
              {customer.name ?? customer.email ?? "Somebody"}
            </Link>
            <span className="text-s text-text-3">since {formatShortDay(since)}</span>
          </li>
        ))}
      </ul>
      {members.hasNextPage && (
        <Button className="mt-3" busy={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  );
}

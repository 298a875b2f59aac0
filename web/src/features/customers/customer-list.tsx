import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Search } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type CSSProperties } from "react";
import { useKeys } from "../../shell/keys.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useMedia } from "../../ui/use-media.ts";
import { columns, CustomerCard, CustomerRow } from "./customer-row.tsx";
import { columnsShown, readHidden } from "./list-columns.ts";
import { ListingBar } from "./listing-bar.tsx";
import { ListedOnly, ListingSheet } from "./listing-sheet.tsx";
import { customersQuery, type CustomerListing } from "./queries.ts";
import { useListing } from "./use-listing.ts";

/** Everybody, the newest heard first, with how each has been. */
export function CustomerList() {
  const search: CustomerListing = useSearch({ strict: false });
  const { query = "" } = search;
  const listing = useListing(search);
  const list = useInfiniteQuery(customersQuery({ ...search, segment: listing.segment || undefined }));
  const [hidden, setHidden] = useState(readHidden);
  const shown = columnsShown(hidden);
  const customers = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const phone = useMedia("(max-width: 639.98px)");
  const height = phone ? 68 : 48;
  const Row = phone ? CustomerCard : CustomerRow;
  const rows = useVirtualizer({
    count: customers.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
  });
  const items = rows.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;

  useEffect(() => rows.measure(), [rows, height]);
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= customers.length - 12) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, customers.length]);
  const focusBy = (step: number): void => {
    const here = document.activeElement?.getAttribute("data-index");
    const index = Math.min(customers.length - 1, Math.max(0, (here ? Number(here) : -1) + step));
    rows.scrollToIndex(index);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
  };
  useKeys([
    { keys: "/", label: "Find a customer", group: "List", run: () => field.current?.focus() },
    { keys: "j", label: "Next", group: "List", run: () => focusBy(1) },
    { keys: "k", label: "Previous", group: "List", run: () => focusBy(-1) },
  ]);

  return (
    <div className="flex h-full flex-col">
      <title>Customers</title>
      <header className="flex h-13 shrink-0 items-center gap-4 border-b border-line px-8 max-phone:px-4">
        <h1 className="text-l font-strong max-phone:sr-only">Customers</h1>
        <FindField query={query} field={field} />
        {phone ? (
          <ListingSheet listing={listing} hidden={hidden} onHide={setHidden} />
        ) : (
          <ListingBar listing={listing} hidden={hidden} onHide={setHidden} />
        )}
      </header>
      {phone && <ListedOnly listing={listing} />}
      {listing.isGone && (
        <p role="status" className="border-b border-line-soft px-8 py-2 text-text-2 max-phone:px-4">
          The segment in this address was removed. This is everybody.
        </p>
      )}
      {list.error && customers.length === 0 ? (
        <Failure error={list.error} what="The customers were not loaded." onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Skeleton rows={14} height={48} label="Loading customers" />
      ) : customers.length === 0 ? (
        <Empty wide>
          {query
            ? `Nobody is called “${query}”. Try part of a name or an address.`
            : listing.segment
              ? "Nobody is in this segment at the moment."
              : "No customers yet. The first one comes with the first mail or order."}
        </Empty>
      ) : (
        <>
          <div
            aria-hidden="true"
            className={`${columns} h-8 shrink-0 border-b border-line-soft text-s text-text-3 max-phone:hidden`}
            style={{ "--columns": shown.tracks } as CSSProperties}
          >
            <span className="col-span-2">Name</span>
            {shown.has("email") && <span>Email</span>}
            {shown.has("line") && <span>Line</span>}
            {shown.has("score") && <span>Score</span>}
            {shown.has("heard") && <span className="text-end">Last heard</span>}
          </div>
          <div ref={scroller} className="min-h-0 grow overflow-auto">
            <ol className="relative" style={{ height: rows.getTotalSize() }} aria-label="Customers">
              {items.map((item) => {
                const customer = customers[item.index];
                return customer ? (
                  <li
                    key={customer.id}
                    className="absolute inset-x-0 top-0"
                    style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                    aria-setsize={hasNextPage ? -1 : customers.length}
                    aria-posinset={item.index + 1}
                  >
                    <Row customer={customer} index={item.index} shown={shown} />
                  </li>
                ) : null;
              })}
            </ol>
          </div>
        </>
      )}
    </div>
  );
}

function FindField({ query, field }: { query: string; field: React.RefObject<HTMLInputElement | null> }) {
  const navigate = useNavigate();
  const [words, setWords] = useState(query);
  useEffect(() => {
    if (words === query) return;
    const timer = setTimeout(
      () => void navigate({ to: "/customers", search: (before) => ({ ...before, query: words || undefined }), replace: true }),
      250,
    );
    return () => clearTimeout(timer);
  }, [words, query, navigate]);
  return (
    <search className="flex h-8 w-80 items-center gap-2 rounded-m bg-raised px-2.5 text-text-3 shadow-[inset_0_0_0_1px_var(--line)] focus-within:shadow-[inset_0_0_0_1px_var(--line-strong)] max-phone:w-full pointer-coarse:h-11">
      <Search size={14} strokeWidth={1.75} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        aria-label="Find a customer"
        placeholder="Name or email"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="h-full min-w-0 grow bg-transparent text-text outline-none placeholder:text-text-3"
      />
    </search>
  );
}

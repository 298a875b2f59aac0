import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Back } from "../../ui/back.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useMay } from "../access/session.ts";
import { segmentsQuery } from "./queries.ts";

/** All segments: what each means, and how many are in it now. */
export function SegmentList() {
  const navigate = useNavigate();
  const may = useMay("segments:write");
  const segments = useQuery(segmentsQuery);
  return (
    <div className="flex h-full flex-col overflow-auto">
      <title>Segments</title>
      <header className="flex h-13 shrink-0 items-center gap-3 border-b border-line px-8 max-phone:px-4">
        <Back label="Customers" className="-ms-3 -me-2 phone:hidden" onBack={() => void navigate({ to: "/customers" })} />
        <Link to="/customers" className="text-text-2 hover:text-text max-phone:hidden">
          Customers
        </Link>
        <span className="text-text-3 max-phone:hidden" aria-hidden="true">
          /
        </span>
        <h1 className="text-l font-strong">Segments</h1>
        <span className="grow" />
        {may && (
          <Link to="/segments/$segmentId" params={{ segmentId: "new" }}>
            <Button look="ink" tabIndex={-1}>
              Make one
            </Button>
          </Link>
        )}
      </header>
      {segments.error && <Failure error={segments.error} what="The segments were not loaded." onRetry={() => void segments.refetch()} />}
      {segments.isPending && <Skeleton rows={6} height={64} label="Loading segments" />}
      {segments.data?.items.length === 0 && (
        <Empty wide>No segments yet. A segment is everybody for whom some conditions hold, kept true as things happen.</Empty>
      )}
      <ul>
        {segments.data?.items.map((segment) => (
          <li key={segment.id}>
            <Link
              to="/segments/$segmentId"
              params={{ segmentId: segment.id }}
              className="flex items-center gap-4 border-b border-line-soft px-8 py-3 -outline-offset-2 hover:bg-hover max-phone:px-4"
            >
              <div className="min-w-0 grow">
                <p className="truncate font-medium">{segment.name}</p>
                <p className="text-s text-text-3 [overflow-wrap:anywhere]">{segment.sentence}</p>
              </div>
              <p className="shrink-0 text-end tabular-nums">
                {segment.state === "computing" ? (
                  <span className="text-text-3">{Math.round((segment.progress ?? 0) * 100)} %</span>
                ) : (
                  segment.count.toLocaleString()
                )}
              </p>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

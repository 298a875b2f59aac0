import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatShortDay } from "../../shell/words.ts";
import { useMay } from "../access/session.ts";
import { segmentsOfQuery } from "../segments/queries.ts";

/** Which segments they are in now, and since when. */
export function InSegments({ customerId }: { customerId: string }) {
  const may = useMay("segments:read");
  const { data } = useQuery({ ...segmentsOfQuery(customerId), enabled: may });
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <h2 className="mt-3.5 mb-1 font-strong">In segments</h2>
      <ul className="flex flex-col gap-1">
        {data.items.map((segment) => (
          <li key={segment.id} className="flex items-baseline gap-2">
            <Link to="/segments/$segmentId" params={{ segmentId: segment.id }} className="min-w-0 grow hover:underline">
              {segment.name}
            </Link>
            <span className="text-s text-text-3">since {formatShortDay(segment.since)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { formatWhole } from "../../shell/words.ts";
import { Failure } from "../../ui/failure.tsx";
import type { hookRefusalsQuery, refusalsQuery } from "./queries.ts";

/** What was not taken, why, and how it came. */
export function NotTaken({ refusals }: { refusals: ReturnType<typeof refusalsQuery | typeof hookRefusalsQuery> }) {
  const { data, error, isSuccess, refetch } = useQuery(refusals);
  const items = data?.items ?? [];
  return (
    <section>
      <h3 className="mb-1 font-strong">Not taken</h3>
      {error && !data && <Failure error={error} what="What was not taken was not loaded." onRetry={() => void refetch()} />}
      {isSuccess && items.length === 0 && <p className="text-text-2">Everything that came was taken.</p>}
      <ul>
        {items.map((each) => (
          <li key={each.id} className="border-b border-line-soft py-1.5">
            <p>{each.reason}</p>
            <details>
              <summary className="cursor-pointer text-s text-text-3">{formatWhole(each.at)}, what came</summary>
              <pre
                tabIndex={0}
                role="group"
                aria-label="what came"
                className="mt-1 max-h-40 overflow-auto rounded-m bg-sunken p-2 font-mono text-s whitespace-pre-wrap [overflow-wrap:anywhere]"
              >
                {each.event === "" ? "(nothing)" : each.event}
              </pre>
            </details>
          </li>
        ))}
      </ul>
      {data?.nextCursor && <p className="mt-1 text-text-2">These are the newest {items.length}.</p>}
    </section>
  );
}

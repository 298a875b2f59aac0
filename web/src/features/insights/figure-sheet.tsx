import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BoardRow, MetricDefinition } from "../../../../sdk/index.ts";
import { formatWhen } from "../../shell/words.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useNow } from "../../ui/use-now.ts";
import { formatFigure, surenessOf } from "./figures.ts";
import { metricRowsQuery } from "./queries.ts";
import type { Period } from "./queries.ts";

interface FigureSheetProps {
  row: BoardRow;
  definition?: MetricDefinition;
  period: Period;
  onClose: () => void;
}

/** What a figure means exactly, and the conversations and customers behind it. */
export function FigureSheet({ row, definition, period, onClose }: FigureSheetProps) {
  return (
    <Dialog open onClose={onClose} title={row.name} description={definition?.question} place="end">
      <p className="mb-4 flex items-baseline gap-2">
        <b className="figure text-2xl">{row.value === null ? "Not known yet" : formatFigure(row.value, row.unit)}</b>
        <span className="text-text-2">{row.value === null ? "" : surenessOf(row)}</span>
      </p>
      {definition && (
        <dl className="mb-5 grid grid-cols-[92px_minmax(0,1fr)] gap-y-1.5 text-s">
          <Said name="Counted" words={definition.numerator} />
          <Said name="Of" words={definition.denominator} />
          <Said name="Clock" words={definition.clock} />
          <Said name="Left out" words={definition.exclusions} />
          <Said name="Range" words={definition.interval} />
          <Said name="Version" words={String(definition.version)} />
        </dl>
      )}
      <h3 className="mb-1 font-strong">Behind it</h3>
      <Behind metric={row.metric} unit={row.unit} period={period} />
    </Dialog>
  );
}

function Said({ name, words }: { name: string; words: string }) {
  if (!words) return null;
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd>{words}</dd>
    </>
  );
}

function Behind({ metric, unit, period }: { metric: string; unit: BoardRow["unit"]; period: Period }) {
  const rows = useQuery(metricRowsQuery(metric, period));
  const now = useNow();
  if (rows.error) return <Failure error={rows.error} what="The rows were not loaded." onRetry={() => void rows.refetch()} />;
  if (rows.isPending) return <Skeleton rows={6} height={40} label="Loading the rows" />;
  if (rows.data.items.length === 0) return <p className="text-text-2">Nothing in this period.</p>;
  // A figure of this moment has the same time in every row, which then says nothing.
  const dated = new Set(rows.data.items.map((each) => each.at)).size > 1 || rows.data.items.length === 1;
  return (
    <ul>
      {rows.data.items.map((each, index) => (
        <li
          key={`${each.conversationId ?? each.customer?.id}-${index}`}
          className="flex min-h-10 items-center gap-3 border-b border-line-soft"
        >
          <div className="min-w-0 grow">
            {each.conversationId ? (
              <Link
                to="/inbox/$view/$conversationId"
                params={{ view: "open", conversationId: each.conversationId }}
                className="block truncate hover:underline"
              >
                {each.subject ?? "A conversation"}
              </Link>
            ) : (
              each.customer && (
                <Link to="/customers/$customerId" params={{ customerId: each.customer.id }} className="block truncate hover:underline">
                  {each.customer.name ?? each.customer.email}
                </Link>
              )
            )}
            {each.conversationId && each.customer && (
              <p className="truncate text-s text-text-3">{each.customer.name ?? each.customer.email}</p>
            )}
          </div>
          {each.value !== null && <span>{formatFigure(each.value, unit)}</span>}
          {dated && (
            <time dateTime={each.at} className="w-14 text-end text-s text-text-3">
              {formatWhen(each.at, now)}
            </time>
          )}
        </li>
      ))}
    </ul>
  );
}

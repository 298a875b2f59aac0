import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Spinner } from "../../ui/spinner.tsx";
import { isWhole, type Where } from "./conditions.ts";
import { previewQuery } from "./queries.ts";

/** While the conditions are edited: what they amount to in words, how many that is, and who for example. */
export function SegmentPreview({ where }: { where: Where }) {
  const preview = useQuery(previewQuery(where, isWhole(where)));
  return (
    <section
      aria-label="What it amounts to"
      aria-live="polite"
      className="border-s border-line px-5 py-5 max-list:border-s-0 max-list:border-t max-phone:px-4"
    >
      {!isWhole(where) && <p className="text-text-2">Fill in what is missing, and you see who that is.</p>}
      {preview.error && <p className="text-text-2">{preview.error.message}</p>}
      {preview.isPending && isWhole(where) && <Spinner />}
      {preview.data && isWhole(where) && (
        <div className={preview.isFetching ? "opacity-60" : ""}>
          <p className="text-xl font-strong tabular-nums">
            {preview.data.isEstimate && "about "}
            {preview.data.count.toLocaleString()} {preview.data.count === 1 ? "customer" : "customers"}
          </p>
          <p className="mt-1 [overflow-wrap:anywhere]">{preview.data.sentence}</p>
          {preview.data.examples.length > 0 && (
            <>
              <h2 className="mt-5 mb-1 text-s text-text-3">For example</h2>
              <ul>
                {preview.data.examples.map((each) => (
                  <li key={each.id} className="border-b border-line-soft">
                    <Link
                      to="/customers/$customerId"
                      params={{ customerId: each.id }}
                      className="flex min-h-8 items-center truncate hover:underline"
                    >
                      {each.name ?? each.email ?? "Somebody"}
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </section>
  );
}

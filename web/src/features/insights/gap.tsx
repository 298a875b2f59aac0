import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Board } from "../../../../sdk/index.ts";
import { counted, formatNumber, formatShortDay } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Points } from "../../ui/score.tsx";

type Gap = Board["gap"];

/** Customers who rated service 4 or 5 and fell all the same: how many, and what made them fall. */
export function GapSummary({ gap }: { gap: Gap }) {
  const [shown, setShown] = useState<string | null>(null);
  return (
    <section aria-labelledby="gap" className="border-s border-line px-6 py-3.5 max-list:border-s-0 max-list:border-t max-phone:px-4">
      <h2 id="gap" className="font-strong">
        The gap
      </h2>
      {gap.rated === 0 ? <p className="mt-2 text-read">Nobody has rated us 4 or 5 in this period yet.</p> : <Fell gap={gap} />}
      {gap.causes.length > 0 && (
        <>
          <h3 className="mt-3 mb-1 text-s text-text-3">What made them fall</h3>
          <ul>
            {gap.causes.slice(0, 4).map((cause) => (
              <li key={cause.reason} className="grid min-h-7 grid-cols-[minmax(0,1fr)_auto_44px] items-center gap-x-3">
                <button
                  type="button"
                  onClick={() => setShown(cause.reason)}
                  className="min-h-6 py-0.5 text-start leading-[18px] underline-quiet hover:text-text"
                >
                  {cause.reason}
                </button>
                <span className="text-s text-text-3">{counted(cause.customers, "customer")}</span>
                <Points points={cause.points} />
              </li>
            ))}
          </ul>
        </>
      )}
      {gap.count > 0 && (
        <Button className="mt-2" onClick={() => setShown("")}>
          Show who
        </Button>
      )}
      <GapSheet gap={gap} reason={shown} onClose={() => setShown(null)} />
    </section>
  );
}

function Fell({ gap }: { gap: Gap }) {
  const share = Math.round((gap.count / gap.rated) * 100);
  return (
    <>
      <p className="mt-2 flex items-baseline gap-2">
        <b className="figure text-3xl">{formatNumber(gap.count)}</b>
        <span className="text-text-2">of {formatNumber(gap.rated)} who rated us 4 or 5</span>
      </p>
      <p className="mt-2 text-read">
        {gap.count === 0
          ? "Nobody who was happy with the answer fell all the same."
          : `Their score fell all the same, ${share}\u2009% of them. The answers were good; something else was not.`}
      </p>
    </>
  );
}

function GapSheet({ gap, reason, onClose }: { gap: Gap; reason: string | null; onClose: () => void }) {
  const items = gap.items.filter((item) => !reason || item.causes.some((cause) => cause.reason === reason));
  return (
    <Dialog
      open={reason !== null}
      onClose={onClose}
      title={reason ? `Fell: ${reason.toLowerCase()}` : "Rated us well, and fell"}
      description="Their rating, the score before and after, and what made it fall."
      wide
    >
      <ul>
        {items.map((item) => (
          <li key={`${item.customer.id}-${item.ratedAt}`} className="border-b border-line-soft py-2.5">
            <p className="flex items-baseline gap-3">
              <Link to="/customers/$customerId" params={{ customerId: item.customer.id }} className="truncate font-strong hover:underline">
                {item.customer.name ?? item.customer.email}
              </Link>
              <span className="text-s text-text-3">
                rated {item.rating} of 5, {formatShortDay(item.ratedAt)}
              </span>
              <span className="ms-auto whitespace-nowrap">
                {Math.round(item.before)} to {Math.round(item.after)}
              </span>
              <Points points={-Math.abs(item.fell)} />
            </p>
            <ul className="mt-0.5">
              {item.causes.map((cause) => (
                <li key={cause.interactionId} className="flex gap-3 text-s text-text-2">
                  <span className="grow">{cause.reason}</span>
                  <Points points={cause.points} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

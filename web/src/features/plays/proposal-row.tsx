import { Link } from "@tanstack/react-router";
import type { Proposal } from "../../../../sdk/index.ts";
import { formatWhen } from "../../shell/words.ts";
import { useNow } from "../../ui/use-now.ts";

/** A message that we could send first, in the list. */
export function ProposalRow({ proposal, open }: { proposal: Proposal; open: boolean }) {
  const now = useNow();
  return (
    <li>
      <Link
        to="/inbox/$view/$conversationId"
        params={{ view: "proposed", conversationId: proposal.id }}
        aria-current={open ? "true" : undefined}
        data-row={proposal.id}
        className={`grid h-(--inbox-row) grid-cols-[15px_minmax(0,1fr)_auto] content-center gap-x-2.5 border-b border-line-soft ps-[18px] pe-4 -outline-offset-2 hover:bg-hover ${open ? "!bg-selected" : ""}`}
      >
        <svg width={11} height={11} viewBox="0 0 11 11" className="mt-[5px]" role="img" aria-label="we write first">
          <circle cx="5.5" cy="5.5" r="4.25" fill="none" stroke="var(--ink)" strokeWidth="1.75" />
        </svg>
        <b className="truncate font-strong">{proposal.customer.name ?? proposal.customer.email}</b>
        <time dateTime={proposal.createdAt} className="text-s text-text-3">
          {formatWhen(proposal.createdAt, now)}
        </time>
        <span className="col-start-2 truncate font-medium">{proposal.subject}</span>
        <span className={`col-start-2 truncate text-s ${open ? "text-text-2" : "text-text-3"}`}>
          {proposal.withheld ? `Held back: ${proposal.withheld.reason}` : proposal.reason}
        </span>
      </Link>
    </li>
  );
}

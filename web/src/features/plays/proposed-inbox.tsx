import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Proposal } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useKeys } from "../../shell/keys.ts";
import { counted } from "../../shell/words.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failure } from "../../ui/failure.tsx";
import { hold } from "../../ui/held.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { toast } from "../../ui/toasts.tsx";
import { useMedia } from "../../ui/use-media.ts";
import { ListHead } from "../conversations/list-head.tsx";
import { CustomerPane } from "../customers/customer-pane.tsx";
import { setDecided, useUndecided } from "./decided.ts";
import { ProposalPane } from "./proposal-pane.tsx";
import { ProposalRow } from "./proposal-row.tsx";
import { proposalsQuery } from "./queries.ts";

/** What we could say before they ask: each waits for a person to send it or drop it. */
export function ProposedInbox() {
  const { conversationId: openId = null } = useParams({ strict: false });
  const navigate = useNavigate();
  const client = useQueryClient();
  const proposals = useQuery(proposalsQuery);
  const items = useUndecided(proposals.data?.items) ?? [];
  const oneAtATime = useMedia("(max-width: 899.98px)");
  const threePanes = useMedia("(min-width: 1200px)");
  const at = items.findIndex((each) => each.id === openId);
  const shown = items[at];
  const firstId = items[0]?.id;

  const open = (id: string | undefined): void =>
    id
      ? void navigate({ to: "/inbox/$view/$conversationId", params: { view: "proposed", conversationId: id }, replace: openId !== null })
      : void navigate({ to: "/inbox/$view", params: { view: "proposed" } });
  useEffect(() => {
    if (!oneAtATime && at < 0 && firstId) open(firstId);
  });
  useKeys([
    { keys: "j", label: "Next", group: "List", run: () => open(items[Math.min(items.length - 1, at + 1)]?.id) },
    { keys: "k", label: "Previous", group: "List", run: () => open(items[Math.max(0, at - 1)]?.id) },
  ]);

  /** Does it in ten seconds; until then it can be taken back. */
  function decide(proposal: Proposal, verb: "Send" | "Drop", act: () => Promise<unknown>): void {
    const refetch = (): void => {
      void client.invalidateQueries({ queryKey: ["proposals"] }).finally(() => setDecided(proposal.id, false));
      void client.invalidateQueries({ queryKey: ["conversations"] });
    };
    setDecided(proposal.id, true);
    open(oneAtATime ? undefined : (items[at + 1] ?? items[at - 1])?.id);
    const held = hold(() => {
      away();
      act()
        .catch((error: unknown) => toast(`That did not happen. ${error instanceof Error ? error.message : ""}`))
        .finally(refetch);
    });
    const away = toast(verb === "Send" ? "Sending." : "Dropped.", {
      undo: () => (held.undo(), refetch()),
      now: { label: `${verb} now`, run: held.now },
      ms: 10_000,
    });
  }
  const path = (proposal: Proposal) => ({ params: { path: { id: proposal.id } } });
  const send = (proposal: Proposal, subject: string, text: string): void =>
    decide(proposal, "Send", () => answer(api.POST("/api/v1/proposals/{id}/sending", { ...path(proposal), body: { subject, text } })));
  const drop = (proposal: Proposal): void =>
    decide(proposal, "Drop", () => answer(api.DELETE("/api/v1/proposals/{id}/sending", path(proposal))));

  return (
    <div className="grid h-full grid-cols-[minmax(300px,356px)_minmax(0,1fr)] max-list:grid-cols-1 pane:grid-cols-[minmax(290px,356px)_minmax(480px,1fr)_minmax(280px,324px)]">
      <title>Proposed · Inbox</title>
      {(!oneAtATime || !shown) && (
        <section aria-label="Proposed" className="flex min-h-0 flex-col border-e border-line max-list:border-0">
          <ListHead
            view="proposed"
            note={items.length > 0 ? `${counted(items.length, "message")} to decide` : ""}
            query=""
            searching={false}
          />
          {proposals.error && items.length === 0 ? (
            <Failure error={proposals.error} what="What is proposed was not loaded." onRetry={() => void proposals.refetch()} />
          ) : proposals.isPending ? (
            <Skeleton label="Loading what is proposed" />
          ) : items.length === 0 ? (
            <Empty>Nothing to decide. When an order is late, an apology is drafted here before the customer writes.</Empty>
          ) : (
            <ol className="min-h-0 overflow-auto">
              {items.map((each) => (
                <ProposalRow key={each.id} proposal={each} open={each.id === shown?.id} />
              ))}
            </ol>
          )}
        </section>
      )}
      {oneAtATime && shown && <h1 className="sr-only">Inbox: Proposed</h1>}
      {shown ? (
        <ProposalPane key={shown.id} proposal={shown} onSend={send} onDrop={drop} onBack={() => open(undefined)} />
      ) : (
        !oneAtATime && <div />
      )}
      {shown && threePanes && (
        <aside aria-label="Customer" className="min-h-0 overflow-auto border-s border-line">
          <CustomerPane key={shown.customer.id} id={shown.customer.id} />
        </aside>
      )}
    </div>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Proposal } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { keyCap, useKeys } from "../../shell/keys.ts";
import { formatDay, formatTime } from "../../shell/words.ts";
import { Back } from "../../ui/back.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Field, fieldLook } from "../../ui/field.tsx";
import { useMay } from "../access/session.ts";

interface ProposalPaneProps {
  proposal: Proposal;
  onSend: (proposal: Proposal, subject: string, text: string) => void;
  onDrop: (proposal: Proposal) => void;
  onBack: () => void;
}

/** One message we could send first: why, to whom, its words to change, and the two ways to decide. */
export function ProposalPane({ proposal, onSend, onDrop, onBack }: ProposalPaneProps) {
  const client = useQueryClient();
  const may = useMay("proposals:write");
  const [subject, setSubject] = useState(proposal.subject);
  const [text, setText] = useState(proposal.text);
  const [saved, setSaved] = useState<string>("");
  const name = proposal.customer.name ?? proposal.customer.email ?? "the customer";
  const stopped = proposal.withheld !== null;

  useEffect(() => {
    if (subject === proposal.subject && text === proposal.text) return undefined;
    setSaved("");
    const timer = setTimeout(() => {
      answer(api.PATCH("/api/v1/proposals/{id}", { params: { path: { id: proposal.id } }, body: { subject, text } }))
        .then(() => setSaved(`Saved ${formatTime(Date.now())}`))
        .then(() => client.invalidateQueries({ queryKey: ["proposals"] }))
        .catch(() => setSaved("Not saved yet"));
    }, 1000);
    return () => clearTimeout(timer);
  }, [subject, text, proposal, client]);
  useKeys(
    may && !stopped
      ? [
          { keys: "mod+enter", label: "Send", group: "Writing", run: () => onSend(proposal, subject, text) },
          { keys: "e", label: "Drop", group: "Conversation", run: () => onDrop(proposal) },
        ]
      : [],
  );

  return (
    <section aria-label="Proposed message" className="flex h-full min-h-0 flex-col">
      <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line-soft ps-5 pe-4 max-phone:ps-1.5">
        <Back onBack={onBack} />
        <h2 className="truncate text-l font-strong">Write first to {name}?</h2>
      </header>
      <div className="min-h-0 grow overflow-auto px-8 py-5 max-phone:px-4">
        <div className="max-w-160">
          <dl className="mb-4 grid grid-cols-[96px_minmax(0,1fr)] gap-y-1">
            <dt className="text-text-3">Why</dt>
            <dd>{proposal.reason}</dd>
            {proposal.order && (
              <>
                <dt className="text-text-3">Order</dt>
                <dd>
                  <span className="font-mono">{proposal.order.number}</span>
                  {proposal.order.promisedAt &&
                    `, promised ${formatDay(proposal.order.promisedAt)} ${formatTime(proposal.order.promisedAt)}`}
                </dd>
              </>
            )}
            {proposal.coupon && (
              <>
                <dt className="text-text-3">Coupon</dt>
                <dd>{couponWords(proposal.coupon)}</dd>
              </>
            )}
          </dl>
          {proposal.withheld && (
            <div className="mb-4">
              <Banner>
                <b className="font-strong">Held back.</b> {proposal.withheld.reason}
              </Banner>
            </div>
          )}
          <Field label="Subject" value={subject} readOnly={!may} disabled={stopped} onChange={(event) => setSubject(event.target.value)} />
          <label className="mt-3.5 block">
            <span className="mb-1 flex items-baseline justify-between">
              <span className="font-medium">Message</span>
              <span className="text-s text-text-3" role="status">
                {saved}
              </span>
            </span>
            <textarea
              value={text}
              readOnly={!may}
              disabled={stopped}
              rows={Math.min(18, Math.max(8, text.split("\n").length + 3))}
              onChange={(event) => setText(event.target.value)}
              className={`${fieldLook} px-3 py-2 text-read`}
            />
          </label>
          {may && (
            <div className="mt-4 flex gap-2">
              <Button look="ink" disabled={stopped} keys={keyCap("mod+enter")} onClick={() => onSend(proposal, subject, text)}>
                Send
              </Button>
              <Button keys="E" onClick={() => onDrop(proposal)}>
                Drop
              </Button>
            </div>
          )}
          <p className="mt-3 text-s text-text-3">
            {may
              ? "It goes out as a service message and stands on the customer’s line as ours. An answer opens a conversation."
              : "Agents, admins and owners can send it."}
          </p>
        </div>
      </div>
    </section>
  );
}

function couponWords(coupon: NonNullable<Proposal["coupon"]>): string {
  if (coupon.heldOut) return "None: drawn into the group that gets none, so that its effect can be told";
  return coupon.code ? `${coupon.code}, in the message` : "None";
}

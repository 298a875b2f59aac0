import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CustomerDetail } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatDate, formatTime } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { membersQuery } from "../access/queries.ts";
import { hooksQuery, sourcesQuery } from "../collect/queries.ts";
import { byWords, identityWords, sourceWords } from "./identity-words.ts";
import { MergeCustomer } from "./merge-customer.tsx";
import { mergesQuery } from "./queries.ts";

/** What they are known by, who said so, and which customers were found to be one person. */
export function Person({ customer }: { customer: CustomerDetail }) {
  const may = useMay("customers:write");
  const merges = useQuery(mergesQuery(customer.id));
  const members = useQuery({ ...membersQuery, enabled: useMay("members:read") });
  const sources = useQuery({ ...sourcesQuery, enabled: useMay("keys:read"), refetchInterval: false });
  const hooks = useQuery({ ...hooksQuery, enabled: useMay("workspace:write") });
  const origins = [...(sources.data?.items ?? []), ...(hooks.data?.items ?? [])];
  const originOf = (source: string): string | null => origins.find(({ id }) => id === source)?.name ?? null;
  const memberOf = (id: string | null): string | null => members.data?.items.find((each) => each.id === id)?.name ?? null;
  const { wrong, run } = useChange(["customers"], ["conversations"]);
  const [merging, setMerging] = useState(false);
  const apart = (id: string): void =>
    void run(() => answer(api.DELETE("/api/v1/merges/{id}", { params: { path: { id } } })), "They are two again, as they were.");
  return (
    <>
      <header className="mt-3.5 mb-1 flex min-h-7 items-center justify-between">
        <h2 className="font-strong">Known by</h2>
        {may && (
          <Button look="plain" onClick={() => setMerging(true)} className="-me-2">
            Merge
          </Button>
        )}
      </header>
      <ul className="flex flex-col gap-1.5">
        {customer.identities.map((each) => (
          <li key={`${each.kind} ${each.shown}`}>
            <p className="[overflow-wrap:anywhere]">{each.shown}</p>
            <p className="text-s text-text-3">
              {identityWords(each.kind)}, {each.verified ? "certain" : "as said"}, {sourceWords(each.source, originOf(each.source))},{" "}
              {formatDate(each.firstSeenAt)}
            </p>
          </li>
        ))}
      </ul>
      {(merges.data?.items.length ?? 0) > 0 && (
        <>
          <h3 className="mt-3 mb-1 text-s text-text-3">Found to be one person</h3>
          <ul className="flex flex-col gap-1.5">
            {merges.data?.items.map((merge) => (
              <li key={merge.id} className="flex items-start gap-2">
                <div className="min-w-0 grow">
                  <p className="[overflow-wrap:anywhere]">
                    With {(merge.from === customer.id ? merge.intoName : merge.fromName) ?? "somebody without a name"}
                  </p>
                  <p className="text-s text-text-3 [overflow-wrap:anywhere]">
                    {PLAIN.has(merge.reason) ? "" : `${merge.reason} `}
                    {byWords(merge.source, memberOf(merge.memberId), originOf(merge.source))}, {moment(merge.mergedAt)}.
                    {merge.undoneAt && ` Taken apart${withName(memberOf(merge.undoneBy))}, ${moment(merge.undoneAt)}.`}
                  </p>
                </div>
                {may && !merge.undoneAt && (
                  <Button look="plain" className="-me-2" onClick={() => apart(merge.id)}>
                    Take apart
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Wrong words={wrong} />
      {merging && <MergeCustomer customer={customer} onClose={() => setMerging(false)} />}
    </>
  );
}

function withName(name: string | null): string {
  return name === null ? "" : ` by ${name}`;
}

/** Reasons that say no more than who said so. */
const PLAIN = new Set(["A member said so.", "It was said through the API."]);

function moment(at: string): string {
  return `${formatDate(at)}, ${formatTime(at)}`;
}

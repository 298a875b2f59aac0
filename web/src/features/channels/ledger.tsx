import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { LedgerEntry } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatShortDay, formatSize, formatTime } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { FormPage, ItemRow } from "../../ui/form-page.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { ledgerQuery } from "./queries.ts";

type Outcome = "" | LedgerEntry["outcome"];

/** Every mail that came in, and what became of it. Nothing is lost in between. */
export function Ledger() {
  const [outcome, setOutcome] = useState<Outcome>("");
  const ledger = useInfiniteQuery(ledgerQuery(outcome));
  const items = ledger.data?.pages.flatMap((page) => page.items) ?? [];
  const totals = ledger.data?.pages[0]?.totals;
  return (
    <FormPage title="Mail ledger" note={totals?.sentence ?? "Every mail that came in, and what became of it."}>
      <div>
        <div className="mb-2 flex">
          <Segments
            label="Which mails"
            value={outcome}
            onChange={setOutcome}
            options={[
              { value: "", label: "All" },
              { value: "set-aside", label: "Set aside" },
              { value: "bounce", label: "Came back" },
              { value: "automatic", label: "Automatic" },
            ]}
          />
        </div>
        {ledger.error && <Failure error={ledger.error} what="The ledger was not loaded." onRetry={() => void ledger.refetch()} />}
        {ledger.isPending && <Skeleton rows={8} height={44} label="Loading the ledger" />}
        <ul>
          {items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
        {ledger.isSuccess && items.length === 0 && (
          <p className="py-4 text-text-2">{outcome ? "Nothing was set aside." : "No mail yet."}</p>
        )}
        {ledger.hasNextPage && (
          <Button className="mt-3" busy={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
            Show earlier
          </Button>
        )}
      </div>
    </FormPage>
  );
}

function Entry({ entry }: { entry: LedgerEntry }) {
  const may = useMay("mail:write");
  const { busy, wrong, run } = useChange(["mail", "ledger"]);
  const setAside = entry.outcome === "set-aside";
  const when = `${formatShortDay(entry.receivedAt)}, ${formatTime(entry.receivedAt)}`;
  return (
    <ItemRow
      title={entry.from ?? "Without a sender"}
      detail={
        <>
          {[entry.to.join(", "), when, formatSize(entry.size)].filter(Boolean).join(" · ")}
          <br />
          {outcomes[entry.outcome]}
          {entry.reason ? `: ${entry.reason}` : ""}
          <Wrong words={wrong} />
        </>
      }
    >
      {entry.conversationId && (
        <Link
          to="/inbox/$view/$conversationId"
          params={{ view: "open", conversationId: entry.conversationId }}
          className="underline-quiet whitespace-nowrap"
        >
          Conversation
        </Link>
      )}
      {setAside && (
        <a href={`/api/v1/mail/ledger/${entry.id}/raw`} download={`${entry.id}.eml`} className="underline-quiet whitespace-nowrap">
          Download
        </a>
      )}
      {setAside && may && (
        <Button
          busy={busy}
          onClick={() =>
            void run(() => answer(api.POST("/api/v1/mail/ledger/{id}/retry", { params: { path: { id: entry.id } } })), "Tried again.")
          }
        >
          Try again
        </Button>
      )}
    </ItemRow>
  );
}

const outcomes: Record<LedgerEntry["outcome"], string> = {
  pending: "Being read",
  message: "Became a message",
  automatic: "Automatic, not answered",
  bounce: "A mail of ours came back",
  complaint: "A complaint about a mail of ours",
  duplicate: "Came twice, kept once",
  "set-aside": "Set aside",
};

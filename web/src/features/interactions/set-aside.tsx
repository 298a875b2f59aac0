import { queryOptions, useQuery } from "@tanstack/react-query";
import type { SetAside as Entry } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatShortDay, formatTime } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { FormPage, ItemRow } from "../../ui/form-page.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Wrong } from "../../ui/wrong.tsx";

const setAsideQuery = queryOptions({ queryKey: ["set-aside"], queryFn: () => answer(api.GET("/api/v1/set-aside")) });

/** Interactions that a part of Throughline could not take in. The rest went on without them. */
export function SetAside() {
  const entries = useQuery(setAsideQuery);
  return (
    <FormPage
      title="Set aside"
      note="What could not be taken in, with the reason. Everything else went on. When the cause is mended, try it again."
    >
      {entries.error && <Failure error={entries.error} what="The list was not loaded." onRetry={() => void entries.refetch()} />}
      {entries.isPending && <Skeleton rows={4} height={44} label="Loading" />}
      {entries.data?.items.length === 0 && <p className="text-text-2">Nothing is set aside.</p>}
      <ul>
        {entries.data?.items.map((entry) => (
          <EntryRow key={`${entry.listener} ${entry.interactionId}`} entry={entry} />
        ))}
      </ul>
    </FormPage>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  const { busy, wrong, run } = useChange(["set-aside"]);
  const again = (): Promise<unknown> =>
    run(
      () =>
        answer(
          api.POST("/api/v1/set-aside/{listener}/{id}/replay", { params: { path: { listener: entry.listener, id: entry.interactionId } } }),
        ),
      "Taken in.",
    );
  return (
    <ItemRow
      title={`Not taken in by ${partOf(entry.listener)}`}
      detail={`${entry.interactionId}: ${entry.error}. ${formatShortDay(entry.setAsideAt)}, ${formatTime(entry.setAsideAt)}, after ${entry.tries} tries.`}
    >
      <Wrong words={wrong} />
      <Button busy={busy} onClick={() => void again()}>
        Try again
      </Button>
    </ItemRow>
  );
}

const parts: Record<string, string> = {
  "conversations.risk": "the inbox",
  "customers.risk": "the list of customers",
  "experience.score": "the experience score",
  "insights.facts": "the board",
  "plays.late-delivery": "the proposed messages",
  "surveys.ask": "the questions how it was",
};

/** The part of the product that a listener stands for. One that is not known yet is shown by its name. */
function partOf(listener: string): string {
  return parts[listener] ?? listener;
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { FormPage } from "../../ui/form-page.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { suggestionsQuery } from "./queries.ts";

/** Pairs of customers who may be one person: they look alike, or a rule stopped their merge. A person decides. */
export function Duplicates() {
  const may = useMay("customers:write");
  const maySeeRules = useMay("workspace:read");
  const suggestions = useQuery(suggestionsQuery);
  const { busy, wrong, run } = useChange(["customers"]);
  const decide = (id: string, decision: "merged" | "dismissed", done: string): void =>
    void run(() => answer(api.PUT("/api/v1/merge-suggestions/{id}/decision", { params: { path: { id } }, body: { decision } })), done);
  const look = (): void =>
    void run(() => answer(api.POST("/api/v1/merge-suggestions")), "We are looking. What is found appears here in a moment.");
  return (
    <FormPage
      title="Possible duplicates"
      note={
        <>
          Customers who look alike, and merges that a rule stopped. Whoever you merge can be taken apart again.
          {maySeeRules && (
            <>
              {" "}
              The rules are in{" "}
              <Link to="/settings/$page" params={{ page: "identities" }} className="underline-quiet hover:text-text">
                Identities
              </Link>
              .
            </>
          )}
        </>
      }
      action={
        may && (
          <Button busy={busy} onClick={look}>
            Look now
          </Button>
        )
      }
    >
      <div>
        {suggestions.error && (
          <Failure error={suggestions.error} what="The list was not loaded." onRetry={() => void suggestions.refetch()} />
        )}
        {suggestions.isPending && <Skeleton rows={5} height={72} label="Loading possible duplicates" />}
        {suggestions.data?.items.length === 0 && <p className="text-text-2">Nobody looks like anybody else. We look again every night.</p>}
        <ul>
          {suggestions.data?.items.map((each) => (
            <li key={each.id} className="flex items-center gap-4 border-b border-line-soft py-2.5 max-phone:flex-col max-phone:items-start">
              <div className="min-w-0 grow">
                <p className="[overflow-wrap:anywhere]">
                  <Name of={each.one} /> <span className="text-text-3">and</span> <Name of={each.other} />
                </p>
                <p className="text-s text-text-3">
                  {each.kind === "stopped" ? "Stopped: " : ""}
                  {each.kind === "stopped" ? each.reasons.join(" ") : sentence(each.reasons, each.score)}
                </p>
              </div>
              {may && (
                <div className="flex shrink-0 gap-2">
                  <Button onClick={() => decide(each.id, "dismissed", "They stay two.")}>Two people</Button>
                  <Button onClick={() => decide(each.id, "merged", "They are one person now.")}>One person</Button>
                </div>
              )}
            </li>
          ))}
        </ul>
        <Wrong words={wrong} />
      </div>
    </FormPage>
  );
}

/** "Almost certain: the same street, names much alike." */
function sentence(reasons: readonly string[], score: number | null): string {
  const sure = score === null ? "Likely" : score >= 0.99 ? "Almost certain" : score >= 0.95 ? "Very likely" : "Likely";
  return `${sure}: ${reasons.map((reason) => reason.charAt(0).toLowerCase() + reason.slice(1)).join(", ")}.`;
}

function Name({ of }: { of: { id: string; name: string | null; email: string | null } }) {
  return (
    <Link to="/customers/$customerId" params={{ customerId: of.id }} className="font-medium hover:underline">
      {of.name ?? of.email ?? "Somebody"}
    </Link>
  );
}

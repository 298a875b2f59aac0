import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Failure } from "../../ui/failure.tsx";
import { FormPage } from "../../ui/form-page.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { BlockedValues } from "./blocked-values.tsx";
import { IdentityLimits } from "./identity-limits.tsx";
import { identityRulesQuery } from "./identity-rules-query.ts";
import { useRuleChanges } from "./use-rule-changes.ts";
import { ValuesFromStart } from "./values-from-start.tsx";

/** What a customer can be known by: what names nobody, and how much is believed. */
export function Identities() {
  const may = useMay("workspace:write");
  const mayDecide = useMay("customers:write");
  const rules = useQuery(identityRulesQuery);
  const { change, wrong } = useRuleChanges();
  return (
    <FormPage
      title="Identities"
      note={
        <>
          An address, a number or a device tells that two customers are one person. These rules say when it does not. A change holds for
          what comes from now on; who is one person stays so.{" "}
          {mayDecide && (
            <>
              What these rules stopped waits in{" "}
              <Link to="/settings/$page" params={{ page: "duplicates" }} className="underline-quiet hover:text-text">
                Possible duplicates
              </Link>
              .
            </>
          )}
          {!may && " Only admins and owners change this."}
        </>
      }
    >
      {rules.error && !rules.data && <Failure error={rules.error} what="The rules were not loaded." onRetry={() => void rules.refetch()} />}
      {rules.isPending && <Skeleton rows={8} height={48} label="Loading the rules" />}
      {rules.data && (
        <>
          <BlockedValues rules={rules.data} disabled={!may} onChange={change} />
          <ValuesFromStart rules={rules.data} disabled={!may} onChange={change} />
          <IdentityLimits rules={rules.data} disabled={!may} onChange={change} />
          {wrong && (
            <div className="sticky bottom-0 -mt-6 bg-surface pb-2">
              <Wrong words={wrong} />
            </div>
          )}
        </>
      )}
    </FormPage>
  );
}

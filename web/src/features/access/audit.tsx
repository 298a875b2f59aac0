import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatShortDay, formatTime } from "../../shell/words.ts";
import { Failure } from "../../ui/failure.tsx";
import { FormPage, ItemRow } from "../../ui/form-page.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { auditWords } from "./audit-words.ts";
import { changeWords } from "./change-words.ts";
import { auditQuery } from "./queries.ts";

/** Who changed what, newest first. */
export function Audit() {
  const audit = useQuery(auditQuery);
  return (
    <FormPage title="What was changed" note="Every change by a member or a key, written down as it happened.">
      {audit.error && <Failure error={audit.error} what="The list was not loaded." onRetry={() => void audit.refetch()} />}
      {audit.isPending && <Skeleton rows={8} height={44} label="Loading" />}
      <ul>
        {audit.data?.items.map((each) => (
          <ItemRow
            key={each.id}
            title={<Subject subject={each.subject}>{auditWords(each.action)}</Subject>}
            detail={[each.actor.name, changeWords(each.before, each.after)].filter(Boolean).join(" · ")}
          >
            <time dateTime={each.at} className="text-s whitespace-nowrap text-text-3">
              {formatShortDay(each.at)}, {formatTime(each.at)}
            </time>
          </ItemRow>
        ))}
      </ul>
    </FormPage>
  );
}

/** Leads to the conversation or the customer that was changed. */
function Subject({ subject, children }: { subject: string; children: ReactNode }) {
  if (subject.startsWith("con_")) {
    return (
      <Link to="/inbox/$view/$conversationId" params={{ view: "open", conversationId: subject }} className="underline-quiet">
        {children}
      </Link>
    );
  }
  if (!subject.startsWith("cus_")) return children;
  return (
    <Link to="/customers/$customerId" params={{ customerId: subject }} className="underline-quiet">
      {children}
    </Link>
  );
}

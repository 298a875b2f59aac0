import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatShortDay } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { FormPart, ItemRow } from "../../ui/form-page.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { notSentQuery } from "./queries.ts";

/** What waits to be sent, and what could not be. Nothing when all is well. */
export function NotSent() {
  const { data } = useQuery(notSentQuery);
  const may = useMay("mail:write");
  const { busy, wrong, run } = useChange(["mail", "deliveries"]);
  const items = data ? [...data.kept, ...data.failed] : [];
  if (items.length === 0) return null;
  return (
    <FormPart
      title="Not sent"
      note="While no mail server is set, what you write is kept here. Set THROUGHLINE_SMTP_URL, start again, then send what was kept."
    >
      <ul>
        {items.map((each) => (
          <ItemRow
            key={each.id}
            title={each.subject}
            detail={`To ${each.to}, ${formatShortDay(each.queuedAt)}. ${each.state === "kept" ? "Kept" : `Not sent: ${each.detail ?? "the reason is not known"}`}.`}
          >
            {each.conversationId && (
              <Link
                to="/inbox/$view/$conversationId"
                params={{ view: "open", conversationId: each.conversationId }}
                className="underline-quiet"
              >
                Conversation
              </Link>
            )}
          </ItemRow>
        ))}
      </ul>
      {may && (data?.kept.length ?? 0) > 0 && (
        <Button
          className="mt-3"
          busy={busy}
          onClick={() => void run(() => answer(api.POST("/api/v1/mail/deliveries/kept/sending")), "On its way.")}
        >
          Send what was kept
        </Button>
      )}
      <Wrong words={wrong} />
    </FormPart>
  );
}

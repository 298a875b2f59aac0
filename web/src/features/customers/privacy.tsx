import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { ShowOnce } from "../../ui/show-once.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";

/** What a person may ask for: their own page, all that is known of them, and to be forgotten. */
export function Privacy({ customerId, name }: { customerId: string; name: string }) {
  const mayWrite = useMay("customers:write");
  const mayExport = useMay("privacy:read");
  const mayErase = useMay("privacy:write");
  const navigate = useNavigate();
  const { busy, wrong, run } = useChange(["customers"], ["conversations"], ["board"]);
  const [link, setLink] = useState<string | null>(null);
  const path = { params: { path: { id: customerId } } };

  async function erase(): Promise<void> {
    const erased = await run(
      () => answer(api.DELETE("/api/v1/customers/{id}/personal-data", path)),
      "All that was known of them is erased.",
    );
    if (erased) void navigate({ to: "/customers" });
  }
  if (!mayWrite && !mayExport && !mayErase) return null;
  return (
    <>
      <h2 className="mt-3.5 mb-1 font-strong">If they ask</h2>
      <div className="flex flex-col items-start gap-1">
        {mayWrite && !link && (
          <Button
            look="plain"
            className="-ms-2.5"
            onClick={() =>
              void run(() => answer(api.GET("/api/v1/customers/{id}/preference-link", path))).then((got) => setLink(got?.url ?? null))
            }
          >
            Link to what they may be sent
          </Button>
        )}
        {link && <ShowOnce label="Link to their own page" value={link} />}
        {mayExport && (
          <a
            href={`/api/v1/customers/${customerId}/export?format=html`}
            target="_blank"
            rel="noreferrer"
            className="-ms-2.5 flex h-(--control) items-center rounded-m px-2.5 font-medium text-text-2 hover:bg-hover hover:text-text"
          >
            All that is known of them
          </a>
        )}
        {mayErase && (
          <span className="-ms-2.5">
            <Sure
              look="plain"
              busy={busy}
              verb="Erase them"
              title={`Erase all that is known of ${name}?`}
              consequence="Their mails, messages, files, profile and history go for good, in every place. Numbers on the board stay, and invoices that the law makes you keep."
              onSure={() => void erase()}
            />
          </span>
        )}
      </div>
      <Wrong words={wrong} />
    </>
  );
}

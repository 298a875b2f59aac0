import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPart, ItemRow } from "../../ui/form-page.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { accountsQuery } from "./queries.ts";

const states = { connecting: "Connecting.", connected: "Connected.", failed: "Not connected." };

/** Mailboxes that are read where they are (IMAP). */
export function MailAccounts() {
  const may = useMay("mail:write");
  const accounts = useQuery(accountsQuery);
  const { wrong, run } = useChange(["mail", "accounts"]);
  const [adding, setAdding] = useState(false);
  return (
    <FormPart title="Mailboxes" note="Read where they are (IMAP). Nothing in them is deleted or marked.">
      {accounts.error && <Failure error={accounts.error} what="The mailboxes were not loaded." onRetry={() => void accounts.refetch()} />}
      <ul>
        {accounts.data?.items.map((each) => (
          <ItemRow
            key={each.id}
            title={each.username}
            detail={`${each.host}:${each.port}, ${each.mailbox}. ${each.lastError ?? states[each.state]}`}
          >
            {may && (
              <Sure
                look="plain"
                verb="Remove"
                title={`Stop reading ${each.username}?`}
                consequence="New mail in it is no longer seen here. Conversations stay."
                onSure={() =>
                  void run(
                    () => answer(api.DELETE("/api/v1/mail/accounts/{id}", { params: { path: { id: each.id } } })),
                    "The mailbox is no longer read.",
                  )
                }
              />
            )}
          </ItemRow>
        ))}
      </ul>
      <Wrong words={wrong} />
      {may &&
        (adding ? (
          <NewAccount onDone={() => setAdding(false)} />
        ) : (
          <Button className="mt-3" onClick={() => setAdding(true)}>
            Add a mailbox
          </Button>
        ))}
    </FormPart>
  );
}

function NewAccount({ onDone }: { onDone: () => void }) {
  const { busy, wrong, run } = useChange(["mail", "accounts"]);
  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "").trim();
    const body = {
      host: text("host"),
      port: Number(text("port")) || 993,
      username: text("username"),
      secret: String(given.get("password") ?? ""),
    };
    if (await run(() => answer(api.POST("/api/v1/mail/accounts", { body })), `${body.username} is read from now on.`)) onDone();
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-3 grid grid-cols-2 gap-3 max-phone:grid-cols-1">
      <Field label="Sign-in name" name="username" required autoComplete="off" placeholder="hello@your-company.example" autoFocus />
      <Field label="Server" name="host" required placeholder="imap.your-company.example" />
      <Field label="Port" name="port" inputMode="numeric" defaultValue="993" required />
      <Field label="Password" name="password" type="password" required autoComplete="new-password" />
      <div className="col-span-full flex gap-2">
        <Button look="ink" type="submit" busy={busy}>
          Add
        </Button>
        <Button onClick={onDone}>Leave it</Button>
      </div>
      <div className="col-span-full">
        <Wrong words={wrong} />
      </div>
    </form>
  );
}

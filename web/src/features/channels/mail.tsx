import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPage, FormPart, ItemRow } from "../../ui/form-page.tsx";
import { Sure } from "../../ui/sure.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { MailAccounts } from "./mail-accounts.tsx";
import { NotSent } from "./not-sent.tsx";
import { addressesQuery } from "./queries.ts";

/** Where mail comes in. */
export function Mail() {
  return (
    <FormPage title="Mail" note="Mail to these addresses becomes conversations.">
      <NotSent />
      <Addresses />
      <MailAccounts />
    </FormPage>
  );
}

function Addresses() {
  const may = useMay("mail:write");
  const addresses = useQuery(addressesQuery);
  const { busy, wrong, run } = useChange(["mail", "addresses"]);
  const [address, setAddress] = useState("");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const added = await run(() => answer(api.POST("/api/v1/mail/addresses", { body: { address } })), `Mail to ${address} is taken now.`);
    if (added) setAddress("");
  }
  return (
    <FormPart title="Addresses" note="Throughline receives for these itself (SMTP). Let the mail server of your domain pass them on.">
      {addresses.error && (
        <Failure error={addresses.error} what="The addresses were not loaded." onRetry={() => void addresses.refetch()} />
      )}
      <ul>
        {addresses.data?.items.map((each) => (
          <ItemRow key={each.id} title={each.address} detail={each.name}>
            {may && (
              <Sure
                look="plain"
                verb="Remove"
                title={`Remove ${each.address}?`}
                consequence="Mail to it is turned away from now on. What came to it stays, and can still be answered."
                busy={busy}
                onSure={() =>
                  void run(
                    () => answer(api.DELETE("/api/v1/mail/addresses/{id}", { params: { path: { id: each.id } } })),
                    `${each.address} was removed.`,
                  )
                }
              />
            )}
          </ItemRow>
        ))}
      </ul>
      {addresses.data?.items.length === 0 && <p className="py-2 text-text-2">No address yet, so no mail can come in.</p>}
      {may && (
        <form onSubmit={(event) => void submit(event)} className="mt-3 flex items-end gap-3">
          <Field
            label="Add an address"
            type="email"
            required
            placeholder="hello@your-company.example"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            className="grow"
          />
          <Button type="submit" busy={busy} className="!h-8 pointer-coarse:!h-11">
            Add
          </Button>
        </form>
      )}
      <Wrong words={wrong} />
    </FormPart>
  );
}

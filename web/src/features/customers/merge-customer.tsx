import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Customer, CustomerDetail } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { findCustomersQuery } from "./queries.ts";

/** Says that another customer is this person. Nothing is rewritten, so it can be taken apart again. */
export function MergeCustomer({ customer, onClose }: { customer: CustomerDetail; onClose: () => void }) {
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<Customer | null>(null);
  const found = useQuery(findCustomersQuery(words));
  const others = (found.data?.items ?? []).filter((each) => each.id !== customer.id);
  const { busy, wrong, run } = useChange(["customers"], ["conversations"]);
  const name = customer.name ?? customer.email ?? "This customer";

  async function merge(other: Customer): Promise<void> {
    const body = { from: other.id, into: customer.id };
    const made = await run(() => answer(api.POST("/api/v1/merges", { body })), `${nameOf(other)} and ${name} are one person now.`);
    if (made) onClose();
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Who else is ${name}?`}
      description="Everything of both is then found in one place. You can take them apart again."
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button look="ink" busy={busy} disabled={!chosen} onClick={() => chosen && void merge(chosen)}>
            {chosen ? `Merge ${nameOf(chosen)}` : "Merge"}
          </Button>
        </>
      }
    >
      <Field label="Name or email" type="search" value={words} autoFocus onChange={(event) => setWords(event.target.value)} />
      <ul className="mt-2 min-h-40" aria-label="Customers found">
        {others.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              aria-pressed={chosen?.id === each.id}
              onClick={() => setChosen(each)}
              className={`flex min-h-11 w-full items-center gap-3 rounded-m px-2 text-start hover:bg-hover ${chosen?.id === each.id ? "bg-selected" : ""}`}
            >
              <b className="min-w-0 truncate font-medium">{nameOf(each)}</b>
              <span className="min-w-0 truncate text-text-3">{each.email}</span>
            </button>
          </li>
        ))}
        {words.trim() !== "" && found.isSuccess && others.length === 0 && <li className="py-2 text-text-2">Nobody else is called that.</li>}
      </ul>
      <Wrong words={wrong} />
    </Dialog>
  );
}

function nameOf(customer: Customer): string {
  return customer.name ?? customer.email ?? "Somebody";
}

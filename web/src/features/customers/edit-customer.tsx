import type { FormEvent } from "react";
import type { CustomerDetail } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Wrong } from "../../ui/wrong.tsx";

/** Puts right what we know of a customer. */
export function EditCustomer({ customer, onClose }: { customer: CustomerDetail; onClose: () => void }) {
  const { busy, wrong, run } = useChange(["customers"], ["conversations"]);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string | null => String(given.get(name) ?? "").trim() || null;
    const body = {
      name: text("name"),
      phone: text("phone"),
      addressAs: text("addressAs"),
      locale: text("locale"),
      accessNeeds: text("accessNeeds"),
    };
    const saved = await run(() => answer(api.PATCH("/api/v1/customers/{id}", { params: { path: { id: customer.id } }, body })), "Saved.");
    if (saved) onClose();
  }

  return (
    <Dialog open onClose={onClose} title="Who they are">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5">
        <Field label="Name" name="name" defaultValue={customer.name ?? ""} autoFocus />
        <Field label="How they like to be called" name="addressAs" defaultValue={customer.addressAs ?? ""} />
        <Field label="Phone" name="phone" type="tel" defaultValue={customer.phone ?? ""} />
        <Field label="Language" name="locale" defaultValue={customer.locale ?? ""} hint="As in en-GB or sv." />
        <Field
          label="What they need"
          name="accessNeeds"
          defaultValue={customer.accessNeeds ?? ""}
          hint="Such as large print, or a call rather than a mail."
        />
        <Wrong words={wrong} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button look="ink" type="submit" busy={busy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

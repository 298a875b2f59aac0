import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent } from "react";
import type { CustomerBrief } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { Area } from "../../ui/area.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { customersFound } from "../find.ts";

/** Writes to a customer before they ask. */
export function WriteFirst({ customer, onClose }: { customer?: CustomerBrief; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [to, setTo] = useState<CustomerBrief | null>(customer ?? null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    if (!to) return setWrong("Choose to whom first.");
    setBusy(true);
    try {
      const body = { customerId: to.id, subject: String(given.get("subject")), text: String(given.get("text")) };
      const begun = await answer(api.POST("/api/v1/conversations", { body }));
      void client.invalidateQueries({ queryKey: ["conversations"] });
      onClose();
      void navigate({ to: "/inbox/$view/$conversationId", params: { view: "open", conversationId: begun.id } });
    } catch (error) {
      setWrong(error instanceof Error ? error.message : "It was not sent. Try again.");
      setBusy(false);
    }
  }

  return (
    <Dialog open onClose={onClose} title="Write first" description="It starts a conversation. The answer lands in the inbox.">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5">
        {to ? (
          <p className="flex items-center gap-2">
            <span className="font-medium">To</span>
            <Chip onRemove={customer ? undefined : () => setTo(null)} removeLabel="Choose somebody else">
              {to.name ?? to.email}
            </Chip>
          </p>
        ) : (
          <ChooseCustomer onChoose={setTo} />
        )}
        <Field label="Subject" name="subject" required maxLength={200} autoFocus={to !== null} />
        <Area label="Message" name="text" required rows={7} />
        <Wrong words={wrong} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button look="ink" type="submit" busy={busy}>
            Send
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ChooseCustomer({ onChoose }: { onChoose: (customer: CustomerBrief) => void }) {
  const [words, setWords] = useState("");
  const found = useQuery(customersFound(words)).data ?? [];
  return (
    <div>
      <Field
        label="To"
        placeholder="A name or an email address"
        value={words}
        autoFocus
        onChange={(event) => setWords(event.target.value)}
        autoComplete="off"
      />
      {words.trim().length > 1 && (
        <ul className="mt-1 rounded-m bg-raised p-1 shadow-1" aria-label="Customers found">
          {found.map((each) => (
            <li key={each.id}>
              <button
                type="button"
                onClick={() => onChoose(each)}
                className="flex h-(--row) w-full items-center gap-2 rounded-s px-2 text-start hover:bg-selected"
              >
                <span className="truncate">{each.name ?? each.email}</span>
                <span className="truncate text-s text-text-3">{each.email}</span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="px-2 py-1.5 text-s text-text-3">Nobody of that name yet.</li>}
        </ul>
      )}
    </div>
  );
}

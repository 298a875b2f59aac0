import { useState } from "react";
import type { FormEvent } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Area } from "../../ui/area.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Select } from "../../ui/select.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { channels, classes, consentWords } from "./consent-words.ts";

type About = (typeof classes)[number]["value"];
type Channel = (typeof channels)[number]["value"];

/** Writes down what a customer said about being written to, in their words. It is never changed, only said again. */
export function StateConsent({ customerId, name, onClose }: { customerId: string; name: string; onClose: () => void }) {
  const { busy, wrong, run } = useChange(["customers"]);
  const [granted, setGranted] = useState<"yes" | "no">("no");
  const [about, setAbout] = useState<About>("marketing");
  const [channel, setChannel] = useState<Channel>("email");

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (field: string): string => String(given.get(field) ?? "").trim();
    const body = { channel, class: about, granted: granted === "yes", wording: text("wording"), source: text("source") };
    const what = consentWords(about, channel).toLowerCase();
    const done = await run(
      () => answer(api.PUT("/api/v1/customers/{id}/consents", { params: { path: { id: customerId } }, body })).then(() => true),
      `Written down: ${name} ${body.granted ? "agrees to" : "does not want"} ${what}.`,
    );
    if (done) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="What did they say?"
      description="It holds from now on, and stays with their words and where they said it."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5">
        <div className="flex">
          <Segments
            label="What they said"
            value={granted}
            onChange={setGranted}
            options={[
              { value: "no", label: "They do not want" },
              { value: "yes", label: "They agree to" },
            ]}
          />
        </div>
        <div className="flex flex-wrap gap-2">
          <Select label="About what" value={about} options={classes} onChange={setAbout} />
          <Select label="By which way" value={channel} options={channels} onChange={setChannel} />
        </div>
        <Area label="In which words" voice="theirs" name="wording" required maxLength={2000} rows={3} />
        <Field label="Where" name="source" required maxLength={100} placeholder="Such as: on the phone, in a mail of 12 May" />
        <Wrong words={wrong} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button look="ink" type="submit" busy={busy}>
            Write it down
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

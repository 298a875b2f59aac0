import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent } from "react";
import type { PlaySettings } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Area } from "../../ui/area.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPart } from "../../ui/form-page.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";

const settingsQuery = queryOptions({ queryKey: ["play-settings"], queryFn: () => answer(api.GET("/api/v1/play-settings")) });

/** What is proposed when an order becomes late. */
export function LateDelivery() {
  const { data } = useQuery(settingsQuery);
  const may = useMay("workspace:write");
  const { busy, wrong, run } = useChange(["play-settings"]);
  const set = (body: Partial<PlaySettings>) => answer(api.PATCH("/api/v1/play-settings", { body }));
  const change = (body: Partial<PlaySettings>) => void run(() => set(body), "Saved.", data && (() => set(data)));
  if (!data) return null;
  return (
    <FormPart
      title="When an order is late"
      note="A message to the customer is drafted and waits under Proposed. Nothing goes out before a person sends it."
    >
      <Switch
        label="Propose an apology"
        checked={data.lateDelivery}
        disabled={!may}
        onChange={(lateDelivery) => change({ lateDelivery })}
      />
      {data.lateDelivery && <Letter key={JSON.stringify(data)} settings={data} disabled={!may} busy={busy} onSave={change} />}
      <Wrong words={wrong} />
    </FormPart>
  );
}

interface LetterProps {
  settings: PlaySettings;
  disabled: boolean;
  busy: boolean;
  onSave: (change: Partial<PlaySettings>) => void;
}

function Letter({ settings, disabled, busy, onSave }: LetterProps) {
  const [subject, setSubject] = useState(settings.lateSubject ?? "");
  const [text, setText] = useState(settings.lateText ?? "");
  const [coupon, setCoupon] = useState(settings.couponCode ?? "");
  const orNull = (words: string): string | null => (words.trim() === "" ? null : words.trim());
  function save(event: FormEvent): void {
    event.preventDefault();
    onSave({ lateSubject: orNull(subject), lateText: orNull(text), couponCode: orNull(coupon) });
  }
  return (
    <form onSubmit={save} className="mt-4 flex flex-col items-start gap-3">
      <Field
        label="Subject"
        value={subject}
        disabled={disabled}
        placeholder="Ours, when left empty"
        onChange={(event) => setSubject(event.target.value)}
        className="w-full"
      />
      <Area
        label="Message"
        value={text}
        disabled={disabled}
        rows={6}
        placeholder="Ours, when left empty"
        onChange={(event) => setText(event.target.value)}
      />
      <Field
        label="Goodwill coupon"
        value={coupon}
        disabled={disabled}
        hint="Left empty there is none. One in ten customers, drawn by lot, gets none either, so that its effect can be told."
        onChange={(event) => setCoupon(event.target.value)}
        className="w-full"
      />
      <Button type="submit" busy={busy} disabled={disabled}>
        Save the message
      </Button>
    </form>
  );
}

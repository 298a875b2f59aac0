import { X } from "lucide-react";
import { useState } from "react";
import type { FormEvent } from "react";
import { language } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPart, ItemRow } from "../../ui/form-page.tsx";

interface ClosedDaysProps {
  /** As 2026-12-25. */
  dates: readonly string[];
  disabled: boolean;
  onSave: (dates: string[], words: string) => void;
}

/** Days without hours, whatever the weekday. Those behind us are kept and not shown. */
export function ClosedDays({ dates, disabled, onSave }: ClosedDaysProps) {
  const [date, setDate] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const today = new Date().toISOString().slice(0, 10);
  const ahead = dates.filter((each) => each >= today).toSorted();

  function add(event: FormEvent): void {
    event.preventDefault();
    if (date === "") return setWrong("Choose a day.");
    if (dates.includes(date)) return setWrong("That day is closed already.");
    setWrong(null);
    setDate("");
    onSave([...dates, date].toSorted(), `Closed on ${dayOf(date)}.`);
  }
  return (
    <FormPart title="Closed on" note="Holidays and other days when nobody answers.">
      <ul>
        {ahead.map((each) => (
          <ItemRow key={each} title={dayOf(each)}>
            {!disabled && (
              <Button
                look="plain"
                square
                aria-label={`Open on ${dayOf(each)} after all`}
                icon={<X size={14} strokeWidth={1.75} aria-hidden="true" />}
                onClick={() =>
                  onSave(
                    dates.filter((other) => other !== each),
                    `Open as usual on ${dayOf(each)}.`,
                  )
                }
              />
            )}
          </ItemRow>
        ))}
      </ul>
      {ahead.length === 0 && <p className="py-2 text-text-2">No such day ahead.</p>}
      {!disabled && (
        <form onSubmit={add} noValidate className="mt-3 flex items-start gap-2">
          <Field
            label="A day"
            hideLabel
            type="date"
            min={today}
            value={date}
            wrong={wrong}
            onChange={(event) => setDate(event.target.value)}
            className="w-44"
          />
          <Button type="submit" className="!h-8 pointer-coarse:!h-11">
            Add the day
          </Button>
        </form>
      )}
    </FormPart>
  );
}

function dayOf(date: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

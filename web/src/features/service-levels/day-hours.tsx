import { Plus, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { FocusEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { fieldLook } from "../../ui/field.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import type { Span } from "./spans.ts";
import { inOrder, nextSpan, whatIsWrong } from "./spans.ts";

interface DayHoursProps {
  name: string;
  spans: readonly Span[];
  disabled: boolean;
  onSave: (spans: Span[]) => void;
}

/** The hours of one weekday. They are saved when the day is left, unless something is wrong with them. */
export function DayHours({ name, spans, disabled, onSave }: DayHoursProps) {
  const id = useId();
  const row = useRef<HTMLLIElement>(null);
  const stand = JSON.stringify(spans);
  const [draft, setDraft] = useState<Span[]>([...spans]);
  const [wrong, setWrong] = useState<string | null>(null);
  const [last, setLast] = useState(stand);
  if (last !== stand) {
    setLast(stand);
    setDraft([...spans]);
    setWrong(null);
  }

  function save(next: readonly Span[]): void {
    const ordered = inOrder(next);
    const problem = whatIsWrong(ordered);
    setWrong(problem);
    setDraft(problem ? [...next] : ordered);
    if (!problem && JSON.stringify(ordered) !== stand) onSave(ordered);
  }
  function leave(event: FocusEvent): void {
    if (!row.current?.contains(event.relatedTarget)) save(draft);
  }
  const change = (at: number, which: 0 | 1, time: string): void =>
    setDraft(draft.map(([from, to], index): Span => (index !== at ? [from, to] : which === 0 ? [time, to] : [from, time])));
  const added = nextSpan(inOrder(draft));

  return (
    <li
      ref={row}
      onBlur={leave}
      onKeyDown={(event) => event.key === "Enter" && event.target instanceof HTMLInputElement && save(draft)}
      className="grid grid-cols-[96px_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line-soft py-1.5 max-phone:grid-cols-[minmax(0,1fr)_auto]"
    >
      <h3 id={id} className="py-1.5 font-medium pointer-coarse:py-3">
        {name}
      </h3>
      <div role="group" aria-labelledby={id} className="flex flex-col gap-1.5 max-phone:order-last max-phone:col-span-2">
        {draft.length === 0 && <p className="py-1.5 text-text-3 pointer-coarse:py-3">Closed</p>}
        {draft.map(([from, to], at) => (
          <div key={at} className="flex items-center gap-2">
            <Time
              label={`${name}, from${at > 0 ? ` (${at + 1})` : ""}`}
              value={from}
              disabled={disabled}
              wrong={wrong !== null}
              onChange={(time) => change(at, 0, time)}
            />
            <span className="text-text-3">to</span>
            <Time
              label={`${name}, to${at > 0 ? ` (${at + 1})` : ""}`}
              value={to}
              disabled={disabled}
              wrong={wrong !== null}
              onChange={(time) => change(at, 1, time)}
            />
            {!disabled && (
              <Button
                look="plain"
                square
                aria-label={`${name}: take ${from || "these hours"} ${to ? `to ${to} ` : ""}away`}
                icon={<X size={14} strokeWidth={1.75} aria-hidden="true" />}
                onClick={() => save(draft.filter((_, index) => index !== at))}
              />
            )}
          </div>
        ))}
        <Wrong words={wrong} />
      </div>
      {!disabled && added && (
        <Button
          look="plain"
          aria-label={`${name}: add hours`}
          icon={<Plus size={14} strokeWidth={1.75} aria-hidden="true" />}
          onClick={() => save([...draft, added])}
          className="mt-0.5"
        >
          Add hours
        </Button>
      )}
    </li>
  );
}

interface TimeProps {
  label: string;
  value: string;
  disabled: boolean;
  wrong: boolean;
  onChange: (time: string) => void;
}

/** A browser's own field of a time knows no 24:00, and shows the clock of its language. */
function Time({ label, value, disabled, wrong, onChange }: TimeProps) {
  return (
    <input
      autoComplete="off"
      maxLength={7}
      aria-label={label}
      aria-invalid={wrong || undefined}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
      className={`${fieldLook} h-8 !w-18 px-2 text-center tabular-nums pointer-coarse:h-11`}
    />
  );
}

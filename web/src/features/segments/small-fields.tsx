import { Field } from "../../ui/field.tsx";
import { daysOf, lengthOf } from "./conditions.ts";

/** A number to write within a sentence. */
export function Number({
  label,
  value,
  most = 1_000_000,
  onChange,
}: {
  label: string;
  value: number;
  most?: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field
      hideLabel
      label={label}
      type="number"
      min={0}
      max={most}
      step="any"
      value={value}
      className="w-20"
      onChange={({ target }) => {
        const next = target.valueAsNumber;
        if (globalThis.Number.isFinite(next)) onChange(Math.min(most, Math.max(0, next)));
      }}
    />
  );
}

/** A length of time in days; empty means ever, where that is allowed. */
export function Days({
  words,
  value,
  isNeeded = false,
  onChange,
}: {
  words: string;
  value: string | undefined;
  isNeeded?: boolean;
  onChange: (length: string | undefined) => void;
}) {
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      {words && <span className="text-text-2">{words}</span>}
      <Field
        hideLabel
        label="Days"
        type="number"
        min={0}
        max={3650}
        step="any"
        placeholder={isNeeded ? "" : "ever"}
        value={daysOf(value) ?? ""}
        className="w-20"
        onChange={({ target }) => {
          const days = target.valueAsNumber;
          if (globalThis.Number.isFinite(days) && days > 0) onChange(lengthOf(Math.min(3650, days)));
          else if (!isNeeded) onChange(undefined);
        }}
      />
      <span className="text-text-2">days</span>
    </span>
  );
}

import { useState } from "react";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { MOST, readLength, writeLength, type Unit } from "./conditions.ts";

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
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <>
      <Field
        hideLabel
        label={label}
        type="number"
        min={0}
        max={most}
        step="any"
        value={wrong ?? value}
        className="w-20"
        onBlur={() => setWrong(null)}
        onChange={({ target }) => {
          const next = target.valueAsNumber;
          const isRight = next >= 0 && next <= most;
          setWrong(isRight ? null : target.value);
          if (isRight) onChange(next);
        }}
      />
      {wrong !== null && <OutOfBounds words={`0 to ${most.toLocaleString()}`} />}
    </>
  );
}

const UNITS: readonly { value: Unit; label: string }[] = [
  { value: "s", label: "seconds" },
  { value: "m", label: "minutes" },
  { value: "h", label: "hours" },
  { value: "d", label: "days" },
];

/** A length of time; empty means ever, where that is allowed. */
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
  const [wrong, setWrong] = useState<string | null>(null);
  const known = readLength(value);
  const [chosen, setChosen] = useState<Unit>("d");
  const unit = known?.unit ?? chosen;
  function put(text: string, of: Unit): void {
    const isEver = text === "" && !isNeeded;
    const length = writeLength({ amount: text === "" ? 0 : globalThis.Number(text), unit: of });
    setWrong(isEver || length !== null ? null : text);
    setChosen(of);
    if (isEver) onChange(undefined);
    else if (length !== null) onChange(length);
  }
  return (
    <span className="flex flex-wrap items-center gap-2 whitespace-nowrap">
      {words && <span className="text-text-2">{words}</span>}
      <Field
        hideLabel
        label="How long"
        type="number"
        min={1}
        max={MOST[unit]}
        placeholder={isNeeded ? "" : "ever"}
        value={wrong ?? known?.amount ?? ""}
        className="w-20"
        onBlur={() => setWrong(null)}
        onChange={({ target }) => put(target.value, unit)}
      />
      <Select quiet label="Unit of time" value={unit} options={UNITS} onChange={(next) => put(String(known?.amount ?? ""), next)} />
      {wrong !== null && <OutOfBounds words={`a whole number from 1 to ${MOST[unit].toLocaleString()}`} />}
    </span>
  );
}

function OutOfBounds({ words }: { words: string }) {
  return (
    <span role="alert" className="text-s text-text">
      Write {words}.
    </span>
  );
}

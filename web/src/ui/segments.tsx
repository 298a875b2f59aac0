import { ToggleGroup } from "@base-ui/react/toggle-group";
import { Toggle } from "@base-ui/react/toggle";
import type { ReactNode } from "react";

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode }[];
  onChange: (value: T) => void;
  disabled?: boolean;
}

/** A few views of the same thing, side by side. */
export function Segments<T extends string>({ label, value, options, onChange, disabled = false }: SegmentsProps<T>) {
  return (
    <ToggleGroup
      aria-label={label}
      disabled={disabled}
      value={[nameOf(value)]}
      onValueChange={(next) => {
        const chosen = options.find((option) => next.includes(nameOf(option.value)) && option.value !== value);
        if (chosen) onChange(chosen.value);
      }}
      className="flex gap-0.5 rounded-m bg-sunken p-0.5 text-s"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={nameOf(option.value)}
          className="flex h-6 items-center gap-1.5 rounded-s px-2.5 whitespace-nowrap text-text-2 hover:text-text data-[pressed]:bg-raised data-[pressed]:font-medium data-[pressed]:text-text data-[pressed]:shadow-[0_0_0_1px_var(--line)] data-[disabled]:!text-text-3 pointer-coarse:h-10"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}

/** A toggle needs a name; the option without one is "all". */
function nameOf(value: string): string {
  return value === "" ? "all" : value;
}

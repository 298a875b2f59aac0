import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { classes } from "./classes.ts";

interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; detail?: string }[];
  onChange: (value: T) => void;
  /** Quiet: without an edge, as in the head of a list. */
  quiet?: boolean;
  disabled?: boolean;
}

/** One of a few. */
export function Select<T extends string>({ label, value, options, onChange, quiet = false, disabled = false }: SelectProps<T>) {
  return (
    <Base.Root<T>
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={disabled}
    >
      <Base.Trigger
        aria-label={label}
        className={classes(
          "inline-flex h-(--control) max-w-full items-center gap-1.5 rounded-m px-2 whitespace-nowrap hover:bg-hover data-[popup-open]:bg-hover",
          quiet ? "text-text-2" : "bg-raised text-text shadow-[inset_0_0_0_1px_var(--line)]",
        )}
      >
        <Base.Value className="min-w-0 truncate" />
        <Base.Icon>
          <ChevronDown size={14} strokeWidth={1.75} className="text-text-3" aria-hidden="true" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="max-h-80 min-w-40 overflow-auto rounded-m bg-raised p-1 shadow-1 transition-opacity duration-(--calm) data-[starting-style]:opacity-0">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="flex min-h-(--row) items-center gap-2 rounded-s px-2 outline-none data-[highlighted]:bg-selected"
              >
                <Base.ItemText className="grow">{option.label}</Base.ItemText>
                {option.detail && <span className="text-s text-text-3">{option.detail}</span>}
                <Base.ItemIndicator>
                  <Check size={14} strokeWidth={1.75} aria-hidden="true" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

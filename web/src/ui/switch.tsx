import { Switch as Base } from "@base-ui/react/switch";
import { useId } from "react";
import type { ReactNode } from "react";

interface SwitchProps {
  label: string;
  detail?: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, detail, checked, disabled = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <Base.Root
        aria-labelledby={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="relative mt-0.5 h-6 w-10 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors duration-(--fast) data-[checked]:bg-ink data-[disabled]:opacity-60"
      >
        <Base.Thumb className="block size-5 rounded-full bg-raised transition-transform duration-(--fast) data-[checked]:translate-x-4 data-[checked]:bg-on-ink" />
      </Base.Root>
      <div>
        <p id={id} className="font-medium">
          {label}
        </p>
        {detail && <p className="text-s text-text-3">{detail}</p>}
      </div>
    </div>
  );
}

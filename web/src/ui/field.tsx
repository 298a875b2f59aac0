import { CircleAlert } from "lucide-react";
import { useId } from "react";
import type { InputHTMLAttributes, ReactNode, Ref } from "react";
import { classes } from "./classes.ts";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  /** What is wrong, in a sentence. */
  wrong?: string | null;
  hideLabel?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export const fieldLook =
  "w-full rounded-m bg-raised text-text shadow-[inset_0_0_0_1px_var(--line-strong)] placeholder:text-text-3 disabled:bg-sunken disabled:text-text-3";

/** One line to write in, with its label above and what is wrong below. */
export function Field({ label, hint, wrong, hideLabel = false, className, ...rest }: FieldProps) {
  const id = useId();
  const note = wrong ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "mb-1 block font-medium"}>
        {label}
      </label>
      <input
        id={id}
        {...rest}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={classes(fieldLook, "h-8 px-2.5 pointer-coarse:h-11", wrong && "shadow-[inset_0_0_0_1.5px_var(--ink)]")}
      />
      {note && (
        <p id={`${id}-note`} className={classes("mt-1 flex items-start gap-1.5 text-s", wrong ? "text-text" : "text-text-3")}>
          {wrong && <CircleAlert size={14} strokeWidth={1.75} className="mt-px shrink-0" aria-hidden="true" />}
          <span>{note}</span>
        </p>
      )}
    </div>
  );
}

import { useId } from "react";
import type { TextareaHTMLAttributes } from "react";
import { fieldLook } from "./field.tsx";

interface AreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  /** Ours are set in sans, a customer's own words in serif. */
  voice?: "ours" | "theirs";
}

/** Several lines to write in, with their label above. */
export function Area({ label, voice = "ours", ...rest }: AreaProps) {
  const id = useId();
  return (
    <div className="w-full">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <textarea
        id={id}
        {...rest}
        className={`${fieldLook} block px-2.5 py-1.5 ${voice === "ours" ? "text-read" : "font-voice text-voice"}`}
      />
    </div>
  );
}

import { useId } from "react";
import type { TextareaHTMLAttributes } from "react";
import { fieldLook } from "./field.tsx";

interface AreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  /** Ours are set in sans, a customer's own words in serif, code in monospace. */
  voice?: keyof typeof voices;
}

const voices = { ours: "text-read", theirs: "font-voice text-voice", code: "font-mono text-s" };

/** Several lines to write in, with their label above. */
export function Area({ label, voice = "ours", ...rest }: AreaProps) {
  const id = useId();
  return (
    <div className="w-full">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <textarea id={id} {...rest} className={`${fieldLook} block px-2.5 py-1.5 ${voices[voice]}`} />
    </div>
  );
}

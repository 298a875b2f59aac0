import { X } from "lucide-react";
import type { ReactNode } from "react";

interface ChipProps {
  tone?: "neutral" | "good" | "poor" | "caution";
  icon?: ReactNode;
  children: ReactNode;
  onRemove?: () => void;
  removeLabel?: string;
}

const tones = {
  neutral: "bg-sunken text-text-2",
  good: "bg-good-wash text-good",
  poor: "bg-poor-wash text-poor",
  caution: "bg-caution-wash text-caution",
};

/** A word about something, small. */
export function Chip({ tone = "neutral", icon, children, onRemove, removeLabel }: ChipProps) {
  return (
    <span className={`inline-flex h-5 items-center gap-1 rounded-s px-1.5 text-s font-medium whitespace-nowrap ${tones[tone]}`}>
      {icon}
      {children}
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel ?? "Remove"}
          className="-me-1 grid size-5 place-items-center rounded-s hover:bg-selected"
          onClick={onRemove}
        >
          <X size={12} strokeWidth={1.75} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}

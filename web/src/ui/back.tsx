import { ArrowLeft } from "lucide-react";
import { Button } from "./button.tsx";

interface BackProps {
  onBack: () => void;
  label?: string;
  className?: string;
}

/** Back to the list, where there is room for one pane only. */
export function Back({ onBack, label = "Back to the list", className = "list:hidden" }: BackProps) {
  return (
    <Button
      look="plain"
      square
      aria-label={label}
      className={className}
      icon={<ArrowLeft size={16} strokeWidth={1.75} aria-hidden="true" />}
      onClick={onBack}
    />
  );
}

import { ArrowLeft } from "lucide-react";
import { Button } from "./button.tsx";

/** Back to the list, where there is room for one pane only. */
export function Back({ onBack }: { onBack: () => void }) {
  return (
    <Button
      look="plain"
      square
      aria-label="Back to the list"
      className="list:hidden"
      icon={<ArrowLeft size={16} strokeWidth={1.75} aria-hidden="true" />}
      onClick={onBack}
    />
  );
}

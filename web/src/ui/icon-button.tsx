import type { LucideIcon } from "lucide-react";
import { Button } from "./button.tsx";
import { Tip } from "./tip.tsx";

interface IconButtonProps {
  /** What it does, for its tip and for who cannot see it. */
  label: string;
  icon: LucideIcon;
  keys?: string;
  busy?: boolean;
  className?: string;
  onClick: () => void;
}

/** A quiet button of an icon alone. */
export function IconButton({ label, icon: Icon, keys, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} keys={keys}>
      <Button look="plain" square aria-label={label} icon={<Icon size={16} strokeWidth={1.75} aria-hidden="true" />} {...rest} />
    </Tip>
  );
}

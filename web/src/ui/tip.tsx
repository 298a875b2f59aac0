import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { KeyCap } from "./key-cap.tsx";

interface TipProps {
  text: ReactNode;
  keys?: string;
  side?: "top" | "bottom" | "right" | "left";
  children: ReactElement;
}

/** What a thing does and its key, 400 ms after the pointer rests on it. */
export function Tip({ text, keys, side = "bottom", children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} delay={400} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="z-50">
          <Tooltip.Popup className="flex max-w-80 items-center gap-2 rounded-m bg-raised px-2.5 py-1.5 text-s text-text shadow-1 transition-opacity duration-(--fast) data-[starting-style]:opacity-0">
            {text}
            {keys && <KeyCap>{keys}</KeyCap>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

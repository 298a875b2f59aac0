import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { KeyCap } from "./key-cap.tsx";

export interface MenuEntry {
  label: string;
  icon?: ReactNode;
  keys?: string;
  tone?: "poor";
  disabled?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  trigger: ReactElement;
  entries: readonly (MenuEntry | "line")[];
  align?: "start" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A few things to do, behind a button. */
export function Menu({ trigger, entries, align = "end", open, onOpenChange }: MenuProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50">
          <Base.Popup className="max-h-96 min-w-44 overflow-auto rounded-m bg-raised p-1 shadow-1 outline-none transition-opacity duration-(--calm) data-[starting-style]:opacity-0">
            {entries.map((entry, index) =>
              entry === "line" ? (
                <Base.Separator key={index} className="my-1 h-px bg-line-soft" />
              ) : (
                <Base.Item
                  key={entry.label}
                  disabled={entry.disabled}
                  onClick={entry.onSelect}
                  className={`flex h-(--row) items-center gap-2 rounded-s px-2 whitespace-nowrap outline-none data-[disabled]:text-text-3 data-[highlighted]:bg-selected ${entry.tone === "poor" ? "text-poor" : ""}`}
                >
                  {entry.icon}
                  <span className="grow">{entry.label}</span>
                  {entry.keys && <KeyCap>{entry.keys}</KeyCap>}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

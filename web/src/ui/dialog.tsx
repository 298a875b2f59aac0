import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { classes } from "./classes.ts";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** The buttons at the foot. */
  actions?: ReactNode;
  /** Centre of the page, or sliding over it from the end or from below. */
  place?: "centre" | "end" | "below";
  hideTitle?: boolean;
  wide?: boolean;
}

const places = {
  centre: "top-[16vh] left-1/2 w-[min(calc(100vw-2rem),30rem)] -translate-x-1/2 rounded-l max-h-[76vh]",
  end: "inset-y-0 end-0 w-[min(100vw,26rem)]",
  below: "inset-x-0 bottom-0 max-h-[88vh] rounded-t-xl pb-[env(safe-area-inset-bottom)]",
};

/** Something to answer before going on, or a sheet beside the work. Focus goes in and comes back. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  actions,
  place = "centre",
  hideTitle = false,
  wide = false,
}: DialogProps) {
  const bare = hideTitle && place === "below";
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[oklch(15%_.01_175/.28)] transition-opacity duration-(--calm) data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          className={classes(
            "fixed z-40 flex flex-col overflow-auto bg-raised shadow-2 outline-none transition-[opacity,transform] duration-(--calm) ease-calm data-[ending-style]:opacity-0 data-[starting-style]:opacity-0",
            places[place],
            wide && place === "centre" && "!w-[min(calc(100vw-2rem),52rem)]",
          )}
        >
          <div className={hideTitle ? "sr-only" : "flex items-start gap-3 px-5 pt-4"}>
            <div className="grow">
              <Base.Title className="text-l font-strong">{title}</Base.Title>
              {description && <Base.Description className="mt-1 text-text-2">{description}</Base.Description>}
            </div>
            {!bare && (
              <Button
                look="plain"
                square
                aria-label="Close this"
                icon={<X size={16} strokeWidth={1.75} aria-hidden="true" />}
                onClick={onClose}
                className="-me-2 -mt-0.5 pointer-coarse:-mt-2.5"
              />
            )}
          </div>
          {bare && (
            <button type="button" aria-label="Close this" onClick={onClose} className="grid h-8 w-full shrink-0 place-items-center">
              <span className="h-1 w-10 rounded-full bg-line-strong" />
            </button>
          )}
          <div className={hideTitle ? "" : "px-5 pt-3 pb-5"}>{children}</div>
          {actions && <div className="flex justify-end gap-2 border-t border-line-soft px-5 py-3">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

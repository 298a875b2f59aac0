import { useState } from "react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface SureProps {
  /** The verb on the button: "Remove Tom". */
  verb: string;
  title: string;
  /** What follows from it, in a sentence. */
  consequence: ReactNode;
  onSure: () => void;
  look?: "danger" | "plain";
  busy?: boolean;
}

/** For what cannot be undone: says what follows before it is done. */
export function Sure({ verb, title, consequence, onSure, look = "danger", busy = false }: SureProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look={look} busy={busy} onClick={() => setOpen(true)}>
        {verb}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={title}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              look="danger"
              onClick={() => {
                setOpen(false);
                onSure();
              }}
            >
              {verb}
            </Button>
          </>
        }
      >
        <p className="text-text-2">{consequence}</p>
      </Dialog>
    </>
  );
}

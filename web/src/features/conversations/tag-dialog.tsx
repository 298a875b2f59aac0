import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";

/** Asks for a tag. */
export function TagDialog({ open, onClose, onTag }: { open: boolean; onClose: () => void; onTag: (tag: string) => void }) {
  const [tag, setTag] = useState("");
  function submit(event: FormEvent): void {
    event.preventDefault();
    const words = tag.trim().toLowerCase();
    if (words) onTag(words);
    setTag("");
    onClose();
  }
  return (
    <Dialog open={open} onClose={onClose} title="Add a tag">
      <form onSubmit={submit} className="flex items-end gap-2">
        <Field label="Tag" value={tag} maxLength={40} autoFocus onChange={(event) => setTag(event.target.value)} className="grow" />
        <Button look="ink" type="submit" className="!h-8 pointer-coarse:!h-11">
          Add
        </Button>
      </form>
    </Dialog>
  );
}

import { Paperclip, Reply, StickyNote } from "lucide-react";
import { useRef, useState } from "react";
import { keyCap } from "../../shell/keys.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { toast } from "../../ui/toasts.tsx";
import { upload } from "./uploads.ts";

interface ComposerBarProps {
  mode: "reply" | "note";
  onMode: (mode: "reply" | "note") => void;
  attachments: readonly { id: string; name: string }[];
  onAttachments: (attachments: { id: string; name: string }[]) => void;
  empty: boolean;
  onSubmit: (close: boolean) => void;
}

/** What can be done with what is written. */
export function ComposerBar({ mode, onMode, attachments, onAttachments, empty, onSubmit }: ComposerBarProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const [uploading, setUploading] = useState(false);

  async function attach(files: FileList | null): Promise<void> {
    setUploading(true);
    const added = [...attachments];
    for (const file of files ?? []) {
      try {
        added.push(await upload(file));
      } catch (error) {
        toast(`${file.name} was not attached. ${error instanceof Error ? error.message : ""}`);
      }
    }
    onAttachments(added);
    setUploading(false);
  }

  return (
    <div className="flex flex-wrap items-center gap-1.5 px-2.5 pt-1 pb-2.5">
      {attachments.length > 0 && (
        <ul className="flex w-full flex-wrap gap-1.5 px-1 pb-1" aria-label="Attached">
          {attachments.map((each) => (
            <li key={each.id}>
              <Chip
                onRemove={() => onAttachments(attachments.filter((other) => other.id !== each.id))}
                removeLabel={`Do not attach ${each.name}`}
              >
                {each.name}
              </Chip>
            </li>
          ))}
        </ul>
      )}
      <input ref={chooser} type="file" multiple hidden onChange={(event) => void attach(event.target.files)} />
      <IconButton label="Attach a file" icon={Paperclip} busy={uploading} onClick={() => chooser.current?.click()} />
      {mode === "reply" ? (
        <IconButton label="Write a note instead" keys="N" icon={StickyNote} onClick={() => onMode("note")} />
      ) : (
        <IconButton label="Write a reply instead" keys="R" icon={Reply} onClick={() => onMode("reply")} />
      )}
      <span className="grow" />
      {mode === "reply" && (
        <Button disabled={empty} onClick={() => onSubmit(true)}>
          Send and close
        </Button>
      )}
      <Button look="ink" disabled={empty} keys={keyCap("mod+enter")} onClick={() => onSubmit(false)}>
        {mode === "reply" ? "Send" : "Add note"}
      </Button>
    </div>
  );
}

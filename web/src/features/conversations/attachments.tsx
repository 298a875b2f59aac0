import { Paperclip } from "lucide-react";
import type { Attachment } from "../../../../sdk/index.ts";
import { formatSize } from "../../shell/words.ts";

/** The files that came with a message. They are downloaded, never opened here. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-wrap gap-2" aria-label="Attachments">
      {attachments.map((each) => (
        <li key={each.id}>
          <a
            href={each.url}
            download={each.name}
            className="flex min-h-7 items-center gap-1.5 rounded-m px-2 text-s shadow-[inset_0_0_0_1px_var(--line)] hover:bg-hover"
          >
            <Paperclip size={14} strokeWidth={1.75} className="text-text-3" aria-hidden="true" />
            <span className="max-w-56 truncate">{each.name}</span>
            <span className="text-text-3">{formatSize(each.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

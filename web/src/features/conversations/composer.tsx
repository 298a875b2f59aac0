import type { Editor } from "@tiptap/react";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useImperativeHandle, useRef, useState } from "react";
import type { Ref } from "react";
import type { ConversationDetail } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { formatTime } from "../../shell/words.ts";
import { toast } from "../../ui/toasts.tsx";
import { ComposerBar } from "./composer-bar.tsx";
import { draftOf, useDraft } from "./drafts.ts";
import type { DraftState } from "./drafts.ts";
import { documentOf } from "./editor-text.ts";
import { refetchConversation } from "./cache.ts";
import { sendReply } from "./sending.ts";

const TextEditor = lazy(async () => ({ default: (await import("./editor.tsx")).TextEditor }));

/** How a key puts the cursor into the composer. */
export interface ComposerHandle {
  focus: () => void;
}

interface ComposerProps {
  conversation: ConversationDetail;
  /** The newest message of the customer, to notice one that comes while writing. */
  newestIn: string | null;
  mode: "reply" | "note";
  onMode: (mode: "reply" | "note") => void;
  /** Takes the focus at once, so that the next key is already a letter. */
  handle: Ref<ComposerHandle>;
  onLeave: () => void;
}

/** Where members write: a reply to the customer, or a note that only members see. */
export function Composer({ conversation, newestIn, mode, onMode, handle, onLeave }: ComposerProps) {
  const client = useQueryClient();
  const editor = useRef<Editor | null>(null);
  const [text, setText] = useState(() => draftOf(conversation.id, conversation.draft?.text ?? null));
  const [attachments, setAttachments] = useState<{ id: string; name: string }[]>([]);
  const [readUpTo, setReadUpTo] = useState(newestIn);
  const draft = useDraft(conversation.id);
  const name = conversation.customer.name ?? conversation.customer.email ?? "the customer";
  const interrupted = text.trim() !== "" && readUpTo !== null && readUpTo !== newestIn && mode === "reply";

  const wanted = useRef(false);
  useImperativeHandle(handle, () => ({
    focus: () => {
      wanted.current = editor.current === null;
      if (editor.current) focusEnd(editor.current);
    },
  }));

  const write = useCallback((next: string) => {
    // The member may have gone on to another conversation; the draft then waits for them here.
    if (editor.current && !editor.current.isDestroyed) editor.current.commands.setContent(documentOf(next));
    setText(next);
  }, []);
  const { keep } = draft;
  const giveBack = useCallback(
    (words: string) => {
      write(words);
      keep(words);
    },
    [write, keep],
  );
  const ready = useCallback((created: Editor) => {
    editor.current = created;
    if (wanted.current) focusEnd(created);
    wanted.current = false;
  }, []);

  function changed(next: string): void {
    if (text.trim() === "" || readUpTo === null) setReadUpTo(newestIn);
    setText(next);
    draft.keep(next);
  }

  function submit(close: boolean): void {
    const words = text.trim();
    if (!words) return;
    if (interrupted) return setReadUpTo(newestIn);
    write("");
    draft.forget();
    setAttachments([]);
    const { id } = conversation;
    if (mode === "reply") sendReply(client, { conversationId: id, text: words, close, attachments, giveBack });
    else void addNote(words);
  }

  async function addNote(words: string): Promise<void> {
    const { id } = conversation;
    const call = api.POST("/api/v1/conversations/{id}/messages", {
      params: { path: { id } },
      body: { kind: "note", text: words, attachments: attachments.map((each) => each.id) },
    });
    await answer(call).catch((error: unknown) => {
      giveBack(words);
      toast(`The note was not kept. ${error instanceof Error ? error.message : ""}`);
    });
    refetchConversation(client, id);
  }

  return (
    <div
      className={`group rounded-l shadow-[0_0_0_1px_var(--line),0_6px_20px_-12px_rgb(0_0_0/.3)] ${mode === "note" ? "bg-ground" : "bg-raised"}`}
    >
      <div className="flex items-baseline gap-2 px-3.5 pt-2.5">
        <span className="font-medium">{mode === "reply" ? "Reply" : "Note"}</span>
        <span className="truncate text-text-3">{mode === "reply" ? `to ${name}, by ${conversation.channel}` : "only members see it"}</span>
        <span className="ms-auto shrink-0 text-s text-text-3" role="status">
          {draftWords(draft.state)}
        </span>
      </div>
      <div className="max-h-[38vh] overflow-auto px-3.5 pt-1.5 pb-3">
        <Suspense fallback={<div className="min-h-12" />}>
          <TextEditor
            label={mode === "reply" ? `Reply to ${name}` : "Note"}
            placeholder={mode === "reply" ? "Write what helps." : "Write to the others."}
            text={text}
            onChange={changed}
            onSubmit={submit}
            onLeave={onLeave}
            onReady={ready}
          />
        </Suspense>
      </div>
      {interrupted && (
        <p role="alert" className="mx-3.5 border-t border-line-soft py-2 text-s font-medium">
          {name} wrote again while you were writing. Read it before you send.
        </p>
      )}
      <div className={text.trim() === "" ? "max-phone:hidden max-phone:group-focus-within:block" : ""}>
        <ComposerBar
          mode={mode}
          onMode={onMode}
          attachments={attachments}
          onAttachments={setAttachments}
          empty={text.trim() === ""}
          onSubmit={submit}
        />
      </div>
    </div>
  );
}

/** Synchronously, unlike the editor's own command. */
function focusEnd(editor: Editor): void {
  editor.view.focus();
  editor.commands.setTextSelection(editor.state.doc.content.size);
}

function draftWords(state: DraftState): string {
  if (state.kind === "saved") return `Saved ${formatTime(state.at)}`;
  return state.kind === "here" ? "Kept here" : "";
}

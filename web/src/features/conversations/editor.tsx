import Placeholder from "@tiptap/extension-placeholder";
import { EditorContent, useEditor } from "@tiptap/react";
import type { Editor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { useEffect, useRef } from "react";
import { documentOf } from "./editor-text.ts";

interface EditorProps {
  label: string;
  placeholder: string;
  text: string;
  onChange: (text: string) => void;
  /** ⌘↵, and with shift. */
  onSubmit: (close: boolean) => void;
  onLeave: () => void;
  onReady: (editor: Editor) => void;
}

/** Paragraphs of plain text. */
export function TextEditor({ label, placeholder, text, onChange, onSubmit, onLeave, onReady }: EditorProps) {
  const act = useRef({ onChange, onSubmit, onLeave });
  act.current = { onChange, onSubmit, onLeave };
  const words = useRef({ label, placeholder });
  words.current = { label, placeholder };
  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        heading: false,
        bold: false,
        italic: false,
        strike: false,
        underline: false,
        code: false,
        codeBlock: false,
        blockquote: false,
        bulletList: false,
        orderedList: false,
        listItem: false,
        listKeymap: false,
        horizontalRule: false,
        link: false,
      }),
      Placeholder.configure({ placeholder: () => words.current.placeholder }),
    ],
    content: documentOf(text),
    editorProps: {
      attributes: () => ({
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": words.current.label,
        class:
          "min-h-12 outline-none text-read [&_p+p]:mt-2 [&_p.is-empty:first-child]:before:pointer-events-none [&_p.is-empty:first-child]:before:float-start [&_p.is-empty:first-child]:before:h-0 [&_p.is-empty:first-child]:before:text-text-3 [&_p.is-empty:first-child]:before:content-[attr(data-placeholder)]",
      }),
      handleKeyDown: (_view, event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) act.current.onSubmit(event.shiftKey);
        else if (event.key === "Escape") act.current.onLeave();
        else return false;
        return true;
      },
    },
    onUpdate: ({ editor: changed }) => act.current.onChange(changed.getText({ blockSeparator: "\n\n" })),
  });

  useEffect(() => {
    // A transaction that changes nothing makes the editor read its words again.
    if (editor) editor.view.dispatch(editor.state.tr);
  }, [editor, label, placeholder]);
  useEffect(() => {
    if (editor) onReady(editor);
  }, [editor, onReady]);
  return <EditorContent editor={editor} />;
}

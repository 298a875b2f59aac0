import { CircleAlert } from "lucide-react";

/** What went wrong with a form, below it. */
export function Wrong({ words }: { words: string | null }) {
  if (!words) return null;
  return (
    <p role="alert" className="mt-2 flex items-start gap-1.5 text-s">
      <CircleAlert size={14} strokeWidth={1.75} className="mt-px shrink-0" aria-hidden="true" />
      {words}
    </p>
  );
}

import { Clock } from "lucide-react";
import { deadlineWords } from "./deadline-words.ts";
import { useNow } from "./use-now.ts";

interface DeadlineProps {
  deadline: { at: string; startedAt: string; state: "running" | "paused" | "met" | "missed"; explanation: string };
  customer: string;
}

const tones = {
  far: "text-text-3",
  soon: "font-medium text-caution",
  past: "font-medium text-poor",
  paused: "text-text-3",
  met: "text-text-3",
};

/** A promise of time, in a row. */
export function Deadline({ deadline, customer }: DeadlineProps) {
  const words = deadlineWords(deadline, useNow(), customer);
  return (
    <span className={`flex items-center gap-1 text-s whitespace-nowrap ${tones[words.tone]}`}>
      {(words.tone === "soon" || words.tone === "past") && <Clock size={12} strokeWidth={1.75} aria-hidden="true" />}
      {words.short}
    </span>
  );
}

/** A promise of time under a subject, with why it is so and a hairline of the time used. */
export function DeadlineStrip({ deadline, customer }: DeadlineProps) {
  const words = deadlineWords(deadline, useNow(), customer);
  const fill = { far: "bg-line-strong", soon: "bg-caution-fill", past: "bg-poor-fill", paused: "bg-line", met: "bg-line" }[words.tone];
  return (
    <div className="relative flex min-h-8.5 shrink-0 items-center gap-2 border-b border-line-soft px-5 text-s">
      <Deadline deadline={deadline} customer={customer} />
      <span className="min-w-0 grow text-text-2">{deadline.explanation}</span>
      {words.tone !== "past" && <span className="whitespace-nowrap text-text-3">{words.left}</span>}
      <span className="absolute inset-x-0 -bottom-px h-[1.5px]" aria-hidden="true">
        <span className={`block h-full ${fill}`} style={{ width: `${words.used * 100}%` }} />
      </span>
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatDay, formatTime } from "../../shell/words.ts";
import { Area } from "../../ui/area.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Select } from "../../ui/select.tsx";
import { hookBodiesQuery } from "./queries.ts";

const OURS = `{
  "id": "t-1001",
  "created_at": "2026-11-20T18:30:00Z",
  "customer": { "email": "maria@example.com" },
  "event": { "name": "Doughnut evening" },
  "total": 12.5
}`;

const OWN = "own";

/** The sample on which a mapping is tried: one of the last bodies that came, or what somebody writes; null until one is there. */
export function useHookSample(hookId: string | null): HookSample {
  const { data, error, isPending, refetch } = useQuery({ ...hookBodiesQuery(hookId ?? ""), enabled: hookId !== null });
  const came = (data?.items ?? []).map(({ id, at, body }) => ({ id, at, text: JSON.stringify(body, null, 2) }));
  const [written, setWritten] = useState<string | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = came.find(({ id }) => id === chosenId) ?? came[0];
  return {
    came,
    chosenId: written === null ? (chosen?.id ?? OWN) : OWN,
    text: written ?? chosen?.text ?? (hookId !== null && isPending ? "" : OURS),
    write: setWritten,
    choose: (id) => {
      setChosenId(id);
      setWritten(null);
    },
    error: data ? null : error,
    again: () => void refetch(),
  };
}

export interface HookSample {
  came: readonly { id: string; at: string; text: string }[];
  chosenId: string;
  text: string;
  write: (text: string) => void;
  choose: (id: string) => void;
  error: Error | null;
  again: () => void;
}

export function SampleFields({ sample }: { sample: HookSample }) {
  const { came, chosenId, text, write, choose, error, again } = sample;
  const options = came.map(({ id, at, text: body }) => ({
    value: id,
    label: `${formatDay(at)}, ${formatTime(at)}`,
    detail: beginningOf(body),
  }));
  return (
    <div className="flex flex-col gap-2">
      {error && <Failure error={error} what="The last bodies that came were not loaded." onRetry={again} />}
      <Area
        label="A sample of what comes"
        rows={8}
        value={text}
        spellCheck={false}
        voice="code"
        onChange={(event) => write(event.target.value)}
      />
      {came.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 text-s text-text-3">
          <span>{chosenId === OWN ? "Written here. Take one that came:" : "This one came:"}</span>
          <Select
            label="The last bodies that came"
            value={chosenId}
            options={chosenId === OWN ? [{ value: OWN, label: "Written here" }, ...options] : options}
            onChange={(id) => (id === OWN ? undefined : choose(id))}
          />
        </div>
      )}
    </div>
  );
}

/** As much of a body as tells it from the others in a list. */
function beginningOf(body: string): string {
  const line = body
    .replace(/[\s{}"]+/g, " ")
    .replaceAll(" :", ":")
    .trim();
  return line.length > 28 ? `${line.slice(0, 27)}…` : line;
}

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { formatDuration } from "../../shell/words.ts";
import { Field } from "../../ui/field.tsx";
import { FormPart } from "../../ui/form-page.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { serviceLevelQuery } from "./queries.ts";

type Promised = "firstResponseMinutes" | "nextResponseMinutes" | "resolutionMinutes";

const promises: readonly { key: Promised; label: string }[] = [
  { key: "firstResponseMinutes", label: "First answer" },
  { key: "nextResponseMinutes", label: "Each next answer" },
  { key: "resolutionMinutes", label: "Solved" },
];

const set = (key: Promised, minutes: number) => answer(api.PATCH("/api/v1/service-level", { body: { [key]: minutes } }));

/** How soon customers are answered: the promise behind every "due". */
export function Promises() {
  const { data } = useQuery(serviceLevelQuery);
  const may = useMay("workspace:write");
  const { wrong, run } = useChange(["service-level"], ["conversations"]);
  if (!data) return null;
  return (
    <FormPart title="Promises of time" note="In opening hours. Every due time in the inbox is counted from these.">
      <div className="grid grid-cols-3 gap-3 max-phone:grid-cols-1">
        {promises.map(({ key, label }) => (
          <Hours
            key={key}
            label={label}
            minutes={data[key]}
            disabled={!may}
            onSave={(minutes) =>
              void run(
                () => set(key, minutes),
                `${label}: within ${formatDuration(minutes)}.`,
                () => set(key, data[key]),
              )
            }
          />
        ))}
      </div>
      <Wrong words={wrong} />
    </FormPart>
  );
}

interface HoursProps {
  label: string;
  minutes: number;
  disabled: boolean;
  onSave: (minutes: number) => void;
}

function Hours({ label, minutes, disabled, onSave }: HoursProps) {
  const [words, setWords] = useState(String(minutes / 60));
  useEffect(() => setWords(String(minutes / 60)), [minutes]);
  const [wrong, setWrong] = useState<string | null>(null);
  function save(): void {
    const hours = Number(words.replace(",", "."));
    if (!Number.isFinite(hours) || hours <= 0) return setWrong("A number of hours, such as 4 or 0.5.");
    setWrong(null);
    if (Math.round(hours * 60) !== minutes) onSave(Math.round(hours * 60));
  }
  return (
    <Field
      label={`${label}, hours`}
      inputMode="decimal"
      value={words}
      wrong={wrong}
      disabled={disabled}
      onChange={(event) => setWords(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === "Enter" && save()}
    />
  );
}

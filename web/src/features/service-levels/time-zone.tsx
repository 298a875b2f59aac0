import { useMemo } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { fieldLook } from "../../ui/field.tsx";
import { FormPart } from "../../ui/form-page.tsx";
import { Wrong } from "../../ui/wrong.tsx";

const set = (timeZone: string) => answer(api.PATCH("/api/v1/workspace", { body: { timeZone } }));

/** The clock on the company's wall. */
export function TimeZone({ timeZone, disabled }: { timeZone: string; disabled: boolean }) {
  const { wrong, run } = useChange(["service-level"], ["workspace"], ["conversations"]);
  const zones = useMemo(() => [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", timeZone])].toSorted(), [timeZone]);
  return (
    <FormPart title="Time zone" note="By whose clock the hours are, and the days and times in the mails we write.">
      <select
        aria-label="Time zone"
        value={timeZone}
        disabled={disabled}
        onChange={(event) => {
          const chosen = event.target.value;
          void run(
            () => set(chosen),
            `The clock is that of ${nameOf(chosen)} now.`,
            () => set(timeZone),
          );
        }}
        className={`${fieldLook} h-8 max-w-72 px-2 pointer-coarse:h-11`}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </select>
      <Wrong words={wrong} />
    </FormPart>
  );
}

function nameOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

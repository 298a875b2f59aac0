import { useQuery } from "@tanstack/react-query";
import type { ServiceLevel } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { language } from "../../shell/words.ts";
import { Failure } from "../../ui/failure.tsx";
import { FormPage, FormPart } from "../../ui/form-page.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useNow } from "../../ui/use-now.ts";
import { Wrong } from "../../ui/wrong.tsx";
import { useMay } from "../access/session.ts";
import { ClosedDays } from "./closed-days.tsx";
import { DayHours } from "./day-hours.tsx";
import { Promises } from "./promises.tsx";
import { serviceLevelQuery } from "./queries.ts";
import type { Span } from "./spans.ts";
import { inWords, weekdays, weekOf } from "./spans.ts";
import { TimeZone } from "./time-zone.tsx";

type Hours = Pick<ServiceLevel, "days" | "holidays">;

const set = (hours: Partial<Hours>) => answer(api.PATCH("/api/v1/service-level", { body: hours }));

/** When there is somebody to answer, and how soon that is promised. */
export function OpeningHours() {
  const { data, error, refetch } = useQuery(serviceLevelQuery);
  const may = useMay("workspace:write");
  const { wrong, run } = useChange(["service-level"], ["conversations"]);
  if (!data) {
    return (
      <FormPage title="Opening hours">
        {error ? (
          <Failure error={error} what="The hours were not loaded." onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={7} height={44} label="Loading the hours" />
        )}
      </FormPage>
    );
  }

  const days = weekOf(data.days);
  function setDay(index: number, spans: Span[]): void {
    void run(
      () => set({ days: days.map((day, at) => (at === index ? spans : day)) }),
      `${weekdays[index]}: ${inWords(spans)}.`,
      () => set({ days }),
    );
  }
  return (
    <FormPage
      title="Opening hours"
      note={
        <>
          <Standing {...data} />
          {!may && " Only admins and owners change this."}
        </>
      }
    >
      <FormPart title="The week" note="When there is somebody to answer. Promises of time run only in these hours.">
        <ul>
          {weekdays.map((name, index) => (
            <DayHours key={name} name={name} spans={days[index] ?? []} disabled={!may} onSave={(spans) => setDay(index, spans)} />
          ))}
        </ul>
        <Wrong words={wrong} />
      </FormPart>
      <ClosedDays
        dates={data.holidays}
        disabled={!may}
        onSave={(holidays, words) =>
          void run(
            () => set({ holidays }),
            words,
            () => set({ holidays: data.holidays }),
          )
        }
      />
      <TimeZone timeZone={data.timeZone} disabled={!may} />
      <Promises />
    </FormPage>
  );
}

function Standing({ open, until, timeZone }: Pick<ServiceLevel, "open" | "until" | "timeZone">) {
  const now = useNow();
  if (!until) return open ? "Always open." : "Never open, so nothing is ever due.";
  return `${open ? "Open now, until" : "Closed now, until"} ${momentIn(timeZone, until, now)}.`;
}

/** The time, with the weekday when it is another day and the date when that is a week off, by the clock of the company. */
function momentIn(timeZone: string, at: string, now: number): string {
  const day = (moment: number): string => new Intl.DateTimeFormat(language, { timeZone }).format(moment);
  const then = Date.parse(at);
  const far = then - now > 6 * 86_400_000;
  const time = new Intl.DateTimeFormat(language, { timeZone, hour: "2-digit", minute: "2-digit" }).format(then);
  if (day(then) === day(now)) return time;
  const date = far ? ({ weekday: "long", day: "numeric", month: "long" } as const) : ({ weekday: "long" } as const);
  return `${new Intl.DateTimeFormat(language, { timeZone, ...date }).format(then)} ${time}`;
}

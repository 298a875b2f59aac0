import type { Answer } from "../../../../sdk/index.ts";
import { formatTime } from "../../shell/words.ts";

/** How much came within a day, hour by hour, and how much of it was not taken. */
export function Volume({ hours }: { hours: Answer<"getSource">["hours"] }) {
  const most = Math.max(1, ...hours.map((hour) => hour.taken + hour.refused));
  const total = hours.reduce((sum, hour) => sum + hour.taken, 0);
  const words = `${total.toLocaleString()} ${total === 1 ? "event" : "events"} in 24 hours`;
  return (
    <section>
      <h3 className="font-strong">{words}</h3>
      <div role="img" aria-label={`${words}, by the hour`} className="mt-2 flex h-16 items-end gap-0.5 border-b border-line">
        {hours.map((hour) => (
          <span
            key={hour.hour}
            title={`${formatTime(hour.hour)}: ${hour.taken} taken, ${hour.refused} not taken`}
            className="flex h-full grow flex-col justify-end"
          >
            <span className="bg-poor" style={{ height: `${(hour.refused / most) * 100}%` }} />
            <span className="bg-ink" style={{ height: `${(hour.taken / most) * 100}%`, minHeight: hour.taken > 0 ? 1 : 0 }} />
          </span>
        ))}
      </div>
      <p aria-hidden="true" className="mt-1 flex justify-between text-xs text-text-3">
        <span>a day ago</span>
        <span>now</span>
      </p>
    </section>
  );
}

import { formatPoints } from "../shell/words.ts";
import { addUp } from "./add-up.ts";
import { Points } from "./score.tsx";

interface ContributionsProps {
  contributions: readonly { interactionId: string | null; reason: string; points: number }[];
  score: number;
  most?: number;
}

/** What made the score, piece by piece. What is shown adds up exactly, to the tenth. */
export function Contributions({ contributions, score, most = 7 }: ContributionsProps) {
  const rows = addUp(contributions, score, most);
  const widest = Math.max(1, ...rows.map((row) => Math.abs(row.points)));
  const sum = rows.reduce((total, row) => total + Math.round(row.points * 10), 0) / 10;
  return (
    <>
      <ul>
        {rows.map((row) => (
          <li key={row.key} className="grid min-h-6.5 grid-cols-[minmax(0,1fr)_48px_36px] items-center gap-x-1.5">
            <span className="py-0.5 leading-[18px]">{row.reason}</span>
            <span className="relative h-full min-h-6.5 self-stretch" aria-hidden="true">
              <span className="absolute inset-y-0 start-1/2 w-px bg-line" />
              <span
                className={`absolute top-[calc(50%-4px)] h-2 ${row.points >= 0 ? "start-[calc(50%+1px)] rounded-e-s bg-good-fill" : "end-1/2 hatch rounded-s-s"}`}
                style={{ width: Math.max(1.5, (Math.abs(row.points) / widest) * 23) }}
              />
            </span>
            <Points points={row.points} />
          </li>
        ))}
      </ul>
      <p className="mt-1 text-s text-text-3">Starts at 50. These add {formatPoints(sum)}. Each fades by half in 90 days.</p>
    </>
  );
}

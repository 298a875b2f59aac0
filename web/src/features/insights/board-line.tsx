import type { Board } from "../../../../sdk/index.ts";
import { formatShortDay } from "../../shell/words.ts";
import { drawLine, heightOf, Strokes } from "../../ui/throughline/index.ts";
import type { Frame, Moment } from "../../ui/throughline/index.ts";
import { useWidth } from "../../ui/use-width.ts";

const lineHeight = 110;
const barTop = 138;
const barMiddle = 176;
const barRoom = 34;
const height = 228;
const left = 44;

/** All customers, week by week, over who wrote first: we upwards and open, they downwards and solid. */
export function BoardLine({ trend }: { trend: Board["trend"] }) {
  const [ref, width] = useWidth(860);
  const weeks = trend.map((each) => ({ ...each, at: Date.parse(each.week) }));
  const scored = weeks.flatMap((each) => (each.score === null ? [] : [{ ...each, score: each.score }]));
  const frame = frameOf(width, scored);
  const place = (at: number): number => placeOf(at, weeks, width);
  const drawing = drawLine(momentsOf(scored), { ...frame, start: place(scored[0]?.at ?? 0), end: width - place(scored.at(-1)?.at ?? 0) });
  const most = Math.max(1, ...weeks.flatMap((each) => [each.weWrote, each.theyWrote]));
  const every = Math.max(1, Math.ceil(weeks.length / Math.max(2, Math.floor(width / 110))));
  const steps = stepsOf(frame);

  return (
    <div ref={ref}>
      <svg className="tl tl-main" width={width} height={height} role="img" aria-label={sentence(trend)}>
        {steps.map((score) => (
          <g key={score}>
            <path className="tl-hair" d={`M${left - 12} ${heightOf(score, frame) + 6}H${width}`} />
            <text className="tl-scale" x={left - 22} y={heightOf(score, frame) + 10} textAnchor="end">
              {score}
            </text>
          </g>
        ))}
        <g transform="translate(0 6)" className="tl-draw">
          {scored.length > 0 && <Strokes drawing={drawing} marks="last" radius={3.5} />}
        </g>
        <path d={`M${left - 24} ${barMiddle}H${width}`} stroke="var(--line)" />
        {weeks.map((each, index) => {
          const up = (each.weWrote / most) * (barMiddle - barTop);
          const down = (each.theyWrote / most) * barRoom;
          const x = Math.round(place(each.at) - 9);
          return (
            <g key={each.week}>
              {each.weWrote > 0 && (
                <rect
                  x={x + 0.75}
                  y={barMiddle - up}
                  width={16.5}
                  height={Math.max(1, up - 0.75)}
                  rx={1.5}
                  fill="var(--surface)"
                  stroke="var(--ink)"
                  strokeWidth={1.5}
                />
              )}
              {each.theyWrote > 0 && (
                <rect x={x} y={barMiddle} width={18} height={Math.max(1, down)} rx={1.5} fill="var(--ink)" opacity={0.85} />
              )}
              {(weeks.length - 1 - index) % every === 0 && (
                <text
                  className="tl-scale"
                  x={x + 9}
                  y={height - 8}
                  textAnchor={index === weeks.length - 1 ? "end" : "middle"}
                  dx={index === weeks.length - 1 ? 9 : 0}
                >
                  {index === weeks.length - 1 ? "this week" : formatShortDay(each.at)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** The same figures as a table. */
export function BoardLineTable({ trend }: { trend: Board["trend"] }) {
  return (
    <table className="w-full max-w-160 text-start">
      <thead className="text-s text-text-3">
        <tr className="h-7 border-b border-line-soft [&>th]:text-start [&>th]:font-normal">
          <th scope="col">Week of</th>
          <th scope="col">Score</th>
          <th scope="col">Range</th>
          <th scope="col">Customers</th>
          <th scope="col">We wrote first</th>
          <th scope="col">They wrote first</th>
        </tr>
      </thead>
      <tbody>
        {trend.map((each) => (
          <tr key={each.week} className="h-8 border-b border-line-soft">
            <th scope="row" className="text-start font-normal">
              {formatShortDay(each.week)}
            </th>
            <td className="font-strong">{each.score === null ? "not known" : each.score.toFixed(1)}</td>
            <td className="text-s text-text-2">
              {each.low === null || each.high === null ? "" : `${each.low.toFixed(1)} to ${each.high.toFixed(1)}`}
            </td>
            <td>{each.n}</td>
            <td>{each.weWrote}</td>
            <td>{each.theyWrote}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Scored = Board["trend"][number] & { at: number; score: number };

function momentsOf(scored: readonly Scored[]): Moment[] {
  return scored.map((each, index) => ({
    at: each.at,
    score: each.score,
    low: each.low ?? each.score,
    high: each.high ?? each.score,
    points: index === 0 ? 0 : each.score - (scored[index - 1]?.score ?? each.score),
    initiative: "reactive",
  }));
}

function frameOf(width: number, scored: readonly Scored[]): Frame {
  const values = scored.flatMap((each) => [each.score, each.low ?? each.score, each.high ?? each.score]);
  const bottom = Math.floor((Math.min(...values, 60) - 1) / 5) * 5;
  const top = Math.ceil((Math.max(...values, 65) + 1) / 5) * 5;
  return { width, height: lineHeight, bottom, top, start: left, end: 20, threshold: 1, spacing: "even" };
}

function stepsOf(frame: Frame): number[] {
  const step = (frame.top - frame.bottom) / 5 <= 4 ? 5 : 10;
  const first = Math.ceil(frame.bottom / step) * step;
  return Array.from({ length: Math.floor((frame.top - first) / step) + 1 }, (_, index) => first + index * step);
}

function placeOf(at: number, weeks: readonly { at: number }[], width: number): number {
  const index = weeks.findIndex((each) => each.at === at);
  const room = width - left - 40;
  return left + 8 + (weeks.length < 2 ? 0 : (room * Math.max(0, index)) / (weeks.length - 1));
}

function sentence(trend: Board["trend"]): string {
  const scored = trend.filter((each) => each.score !== null);
  const first = scored[0]?.score;
  const last = scored.at(-1)?.score;
  if (first === undefined || first === null || last === undefined || last === null) return "How customers feel is not known yet.";
  const we = trend.reduce((sum, each) => sum + each.weWrote, 0);
  const they = trend.reduce((sum, each) => sum + each.theyWrote, 0);
  return `Score of all customers: ${Math.round(first)} ${scored.length} weeks ago, ${Math.round(last)} now. We wrote first ${we} times, they wrote first ${they} times.`;
}

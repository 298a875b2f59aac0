import { formatPoints } from "../shell/words.ts";

interface ScoreProps {
  score: number | null;
  low: number | null;
  high: number | null;
  size?: "large" | "line";
}

/** A score never stands without its range. Too little evidence is said, not guessed. */
export function Score({ score, low, high, size = "large" }: ScoreProps) {
  const range = low === null || high === null ? null : `${Math.round(low)} to ${Math.round(high)}`;
  if (score === null) return <span className="text-text-2">Too early to say</span>;
  if (size === "line") {
    return (
      <span className="whitespace-nowrap">
        <b className="font-strong">{Math.round(score)}</b> <span className="text-s text-text-3">{range}</span>
      </span>
    );
  }
  return (
    <span className="flex items-baseline gap-2">
      <b className="figure text-3xl">{Math.round(score)}</b>
      <span className="text-text-2">{range}</span>
    </span>
  );
}

/** The range on a scale from 0 to 100, with a tick at the score. */
export function Interval({ score, low, high }: Omit<ScoreProps, "size">) {
  const words =
    score === null ? "Score not known yet" : `Score ${Math.round(score)}, range ${Math.round(low ?? 0)} to ${Math.round(high ?? 100)}`;
  return (
    <svg className="block" width="100%" height={14} role="img" aria-label={words}>
      <path d="M0 7H2000" stroke="var(--line)" />
      {[0, 50, 100].map((at) => (
        <rect key={at} x={`${at === 100 ? 99.7 : at}%`} y={4} width={1} height={6} fill="var(--line-strong)" />
      ))}
      {low !== null && high !== null && (
        <rect x={`${low}%`} width={`${Math.max(1, high - low)}%`} y={4} height={6} rx={3} fill="var(--ink)" opacity={0.22} />
      )}
      {score !== null && <rect x={`${score}%`} y={1} width={2} height={12} rx={1} fill="var(--ink)" />}
    </svg>
  );
}

/** Which way something went: a shape, a sign and words, never colour alone. */
export function Change({ points, since }: { points: number; since: string }) {
  if (Math.abs(points) < 1) return <span className="text-s text-text-3">= no clear change since {since}</span>;
  const better = points > 0;
  return (
    <span className={`text-s font-medium whitespace-nowrap ${better ? "text-good" : "text-poor"}`}>
      <span aria-hidden="true" className="me-1 text-[10px]">
        {better ? "▲" : "▼"}
      </span>
      <span className="sr-only">{better ? "up" : "down"} </span>
      {Math.abs(Math.round(points))} since {since}
    </span>
  );
}

/** Points with their sign, in the colour of what they did. */
export function Points({ points }: { points: number }) {
  const words = formatPoints(points);
  const tone = words === "0.0" ? "text-text-3" : points > 0 ? "text-good" : "text-poor";
  return <b className={`text-end font-medium ${tone}`}>{words}</b>;
}

import { railPlace, railTurn, railWidth } from "./rail-path.ts";

interface RailProps {
  /** The score before and after this row's moment. */
  from: number;
  to: number;
  initiative: "reactive" | "proactive" | null;
  /** Where in the row the dot stands, in pixels from its top. */
  at?: number;
  /** Whether the line goes on below the dot, and how. */
  below?: "line" | "dotted" | "none";
}

/** One row of the rail: the line turned a quarter, beside what was said. Decoration; the row says it in words. */
export function Rail({ from, to, initiative, at = 15, below = "line" }: RailProps) {
  const start = railPlace(from);
  const end = railPlace(to);
  const change = to - from;
  const feeling = Math.abs(change) < 1 ? "" : change > 0 ? "tl-turn tl-good" : "tl-turn tl-poor";
  return (
    <div className="relative self-stretch" style={{ width: railWidth }} aria-hidden="true">
      <svg className="tl absolute start-0 top-0" width={railWidth} height={at}>
        <path className={feeling || "tl-path"} d={railTurn(start, end, at)} />
      </svg>
      {below !== "none" && (
        <svg
          className="tl absolute"
          style={{ insetInlineStart: end - 2, top: at, height: `calc(100% - ${at}px)` }}
          width={4}
          viewBox="0 0 4 10"
          preserveAspectRatio="none"
        >
          <path className={below === "dotted" ? "tl-next" : "tl-path"} vectorEffect="non-scaling-stroke" d="M2 0V10" />
        </svg>
      )}
      {initiative && (
        <svg className="tl absolute top-0 start-0" width={railWidth} height={at + 6}>
          {initiative === "reactive" ? (
            <circle className="tl-solid" cx={end} cy={at} r={4} />
          ) : (
            <circle className="tl-open" cx={end} cy={at} r={3.75} />
          )}
        </svg>
      )}
    </div>
  );
}

/** The rail goes on, dotted, to the answer that is being written. */
export function RailEnd({ score }: { score: number }) {
  const place = railPlace(score);
  return (
    <div className="relative self-stretch" style={{ width: railWidth }} aria-hidden="true">
      <svg
        className="tl absolute top-0"
        style={{ insetInlineStart: place - 2, height: "calc(100% - 10px)" }}
        width={4}
        viewBox="0 0 4 10"
        preserveAspectRatio="none"
      >
        <path className="tl-next" vectorEffect="non-scaling-stroke" d="M2 0V10" />
      </svg>
      <svg className="tl absolute bottom-1" style={{ insetInlineStart: place - 5 }} width={10} height={10}>
        <circle className="tl-open" cx={5} cy={5} r={3.75} />
      </svg>
    </div>
  );
}

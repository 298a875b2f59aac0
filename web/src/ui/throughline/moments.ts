/** One moment of a life: what happened, and where the score stood after it. */
export interface Moment {
  /** Milliseconds since 1970. */
  at: number;
  /** 0 to 100, after the moment. */
  score: number;
  /** The range of the score, where it is known. */
  low?: number;
  high?: number;
  /** Where the score stood just before, faded since the last moment. */
  before?: number;
  /** What the moment itself did to the score. */
  points: number;
  initiative: "reactive" | "proactive";
  /** In a few words, for people and for labels. */
  label?: string;
  detail?: string;
  stage?: string | null;
  id?: string;
  /** How many alike moments this one stands for, when it is folded. */
  count?: number;
}

/** The scale and the frame a line is drawn in, in pixels. */
export interface Frame {
  width: number;
  height: number;
  /** The scores at the lower and the upper edge. */
  bottom: number;
  top: number;
  /** Free space before the first and after the last moment. */
  start: number;
  end: number;
  /** From how many points on a turn is coloured. */
  threshold: number;
  /** Whether long gaps take more room than short ones. */
  spacing: "even" | "time";
  /** Leave the line dotted to the end of the frame. */
  future?: boolean;
}

const dayLength = 86_400_000;

/**
 * Where each moment stands from left to right. Gaps grow with the logarithm of
 * the time that passed, so that a quiet year does not push a busy week together.
 */
export function spread(moments: readonly Moment[], frame: Frame): number[] {
  const room = Math.max(0, frame.width - frame.start - frame.end);
  if (moments.length === 0) return [];
  if (moments.length === 1) return [frame.start + room];

  const gaps = moments.slice(1).map((moment, index) => {
    if (frame.spacing === "even") return 1;
    const days = Math.max(0, moment.at - (moments[index]?.at ?? moment.at)) / dayLength;
    return 1 + Math.log1p(days) * 0.6;
  });
  const total = gaps.reduce((sum, gap) => sum + gap, 0);

  let reached = 0;
  return [frame.start, ...gaps.map((gap) => frame.start + (room * (reached += gap)) / total)];
}

/** The height of a score in the frame, clamped to it. */
export function heightOf(score: number, frame: Frame): number {
  const share = (score - frame.bottom) / (frame.top - frame.bottom);
  return frame.height * (1 - Math.min(1, Math.max(0, share)));
}

/**
 * Where the line stood just before a moment: the score before it, faded towards
 * 50 at most. A stored change that says otherwise is not believed.
 */
export function levelBefore(moments: readonly Moment[], index: number): number {
  const moment = moments[index];
  if (!moment) return 50;
  if (moment.before !== undefined && (moment.count ?? 1) === 1) return moment.before;
  const last = moments[index - 1]?.score;
  const told = moment.score - moment.points;
  if (last === undefined) return (moment.count ?? 1) > 1 ? moment.score : told;
  return Math.min(Math.max(last, 50), Math.max(Math.min(last, 50), told));
}

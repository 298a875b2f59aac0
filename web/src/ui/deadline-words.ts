import { formatDay, formatDuration, formatTime, formatWeekdayTime } from "../shell/words.ts";

/** How a promise of time reads now: its words, and how near it is. */
export interface DeadlineWords {
  tone: "far" | "soon" | "past" | "paused" | "met";
  short: string;
  left: string;
  /** The share of the time that is used, 0 to 1. */
  used: number;
}

interface Promised {
  at: string;
  startedAt: string;
  state: "running" | "paused" | "met" | "missed";
}

const hour = 3_600_000;

/** Soon is under an hour, or under a quarter of the time that was promised. */
export function deadlineWords(deadline: Promised, now: number, customer: string): DeadlineWords {
  const due = new Date(deadline.at).getTime();
  const started = new Date(deadline.startedAt).getTime();
  const left = due - now;
  const used = due > started ? Math.min(1, Math.max(0, (now - started) / (due - started))) : 1;

  if (deadline.state === "met") return { tone: "met", short: "Answered in time", left: "", used };
  if (deadline.state === "paused") return { tone: "paused", short: `Waiting on ${customer}`, left: "", used };
  if (left < 0) {
    const late = `${formatDuration(-left / 60_000)} late`;
    return { tone: "past", short: late, left: late, used: 1 };
  }
  const soon = left < hour || left < (due - started) / 4;
  const when = left < 20 * hour ? formatTime(deadline.at) : left < 144 * hour ? formatWeekdayTime(deadline.at) : formatDay(deadline.at);
  return { tone: soon ? "soon" : "far", short: `Due ${when}`, left: `${formatDuration(left / 60_000)} left`, used };
}

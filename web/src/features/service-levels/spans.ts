/** From and to, as "09:00" and "17:30"; the end of the day is "24:00". */
export type Span = [from: string, to: string];

export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** The week as the API tells it, Monday first. */
export function weekOf(days: readonly (readonly (readonly string[])[])[]): Span[][] {
  return days.map((day) => day.map(([from = "", to = ""]): Span => [from, to]));
}

/** As they were typed, made times, in order of the day, with midnight at the end where somebody meant that. */
export function inOrder(spans: readonly Span[]): Span[] {
  return spans
    .map(([from, to]): Span => [timeOf(from), timeOf(to)])
    .map(([from, to]): Span => [from, to === "00:00" ? "24:00" : to])
    .toSorted(([a], [b]) => a.localeCompare(b));
}

/** "9", "930", "9.30" and "9:30" are times too. What is none stays as it was typed. */
function timeOf(words: string): string {
  const [, hours = "", minutes = "00"] = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*$/.exec(words) ?? [];
  return hours === "" ? words.trim() : `${hours.padStart(2, "0")}:${minutes}`;
}

function isTime(words: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(words) || words === "24:00";
}

/** What is wrong with the hours of a day, in a sentence; null when nothing is. They stand in order. */
export function whatIsWrong(spans: readonly Span[]): string | null {
  let last = "";
  for (const [from, to] of spans) {
    if (!from || !to) return "Give both times, or take these hours away.";
    const broken = [from, to].find((time) => !isTime(time));
    if (broken !== undefined) return `“${broken}” is not a time like 09:00.`;
    if (from >= to) return `${from} to ${to} ends before it begins.`;
    if (from < last) return `${from} to ${to} overlaps the hours before it.`;
    last = to;
  }
  return null;
}

/** "09:00 to 12:30 and 13:00 to 17:30", "closed". */
export function inWords(spans: readonly Span[]): string {
  if (spans.length === 0) return "closed";
  return new Intl.ListFormat("en-GB").format(
    spans.map(([from, to]) => (from === "00:00" && to === "24:00" ? "all day" : `${from} to ${to}`)),
  );
}

/** What is offered when hours are added: a working day, or the rest of it after a break; null when the day is full. */
export function nextSpan(spans: readonly Span[]): Span | null {
  const last = spans.at(-1);
  if (!last) return ["09:00", "17:30"];
  const from = later(last[1], 60);
  return from < "23:00" ? [from, later(from, 180)] : null;
}

function later(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const total = Math.min(24 * 60, hour * 60 + minute + minutes);
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}

/** Times of day as "09:00", in order and without overlap. */
export type Interval = readonly [from: string, to: string];

export interface BusinessHours {
  timeZone: string;
  /** Monday first. */
  days: readonly (readonly Interval[])[];
  /** Dates without hours, as 2026-12-25. */
  holidays: readonly string[];
}

/** Beyond this many days without hours, nothing is due. */
const FURTHEST_DAYS = 400;

/**
 * The moment at which so many minutes of business hours have passed since `start`. Outside hours the clock starts at
 * the next opening. Null when there are no hours at all to count in.
 */
export function dueAt(start: Date, minutes: number, hours: BusinessHours): Date | null {
  let left = minutes * 60_000;
  for (const open of openings(start, hours)) {
    const from = Math.max(open.from, start.getTime());
    const length = open.to - from;
    if (length <= 0) continue;
    if (left <= length) return new Date(from + left);
    left -= length;
  }
  return null;
}

/** Minutes of business hours between two moments; 0 when the second is not after the first. */
export function minutesWithin(start: Date, end: Date, hours: BusinessHours): number {
  let total = 0;
  for (const open of openings(start, hours)) {
    if (open.from >= end.getTime()) break;
    total += Math.max(0, Math.min(open.to, end.getTime()) - Math.max(open.from, start.getTime()));
  }
  return total / 60_000;
}

/** Whether people answer at a moment, and until when that stays so: null when there is no end of it in sight. */
export function standAt(moment: Date, hours: BusinessHours): { open: boolean; until: Date | null } {
  const at = moment.getTime();
  let closing: number | null = null;
  for (const { from, to } of openings(moment, hours)) {
    if (to <= at) continue;
    if (closing === null && from > at) return { open: false, until: new Date(from) };
    if (closing !== null && from > closing) return { open: true, until: new Date(closing) };
    closing = to;
  }
  return { open: closing !== null, until: null };
}

interface Opening {
  from: number;
  to: number;
}

/** The opening times from the day of `start` on, as instants. A day of 23 or 25 hours has its intervals by the clock. */
function* openings(start: Date, hours: BusinessHours): Generator<Opening> {
  const holidays = new Set(hours.holidays);
  let day = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(hours.timeZone).toPlainDate();
  for (let count = 0; count < FURTHEST_DAYS; count++, day = day.add({ days: 1 })) {
    if (holidays.has(day.toString())) continue;
    for (const [from, to] of hours.days[day.dayOfWeek - 1] ?? []) {
      yield { from: instantOf(day, from, hours.timeZone), to: instantOf(day, to, hours.timeZone) };
    }
  }
}

function instantOf(day: Temporal.PlainDate, time: string, timeZone: string): number {
  if (time === "24:00") return day.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds;
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

/** What is wrong with hours that somebody typed in, as a sentence; null when nothing is. */
export function whatIsWrong(hours: BusinessHours): string | null {
  if (hours.days.length !== 7) return "Business hours need seven days, Monday first.";
  for (const day of hours.days) {
    let last = "";
    for (const [from, to] of day) {
      if (!isTime(from) || !isTime(to)) return `${from} to ${to} are not times like 09:00.`;
      if (from >= to) return `The hours from ${from} to ${to} end before they begin.`;
      if (from < last) return `The hours from ${from} overlap those before them.`;
      last = to;
    }
  }
  const broken = hours.holidays.find((date) => !isDate(date));
  return broken === undefined ? null : `${broken} is not a date like 2026-12-25.`;
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) || text === "24:00";
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
}

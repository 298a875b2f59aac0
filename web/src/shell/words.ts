/** The member's language. The interface speaks British English; dates and numbers follow it. */
export const language = "en-GB";

const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "short" });
const dayMonth = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const dayMonthYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" });
const longDay = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
const shortDay = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

const minute = 60_000;
const day = 86_400_000;

export const formatTime = (at: string | number): string => time.format(new Date(at));
export const formatDay = (at: string | number): string => shortDay.format(new Date(at));
export const formatWeekdayTime = (at: string | number): string => `${weekday.format(new Date(at))} ${formatTime(at)}`;
export const formatShortDay = (at: string | number): string => dayMonth.format(new Date(at));
export const formatDate = (at: string | number): string => dayMonthYear.format(new Date(at));
export const formatWhole = (at: string | number): string => whole.format(new Date(at));
export const formatNumber = (value: number): string => number.format(value).replace("-", "−");

/** "Today", "Yesterday", "Friday 13 November", with the year when it is another. */
export function formatDayHeading(at: string | number, now: number): string {
  const then = new Date(at);
  if (sameDay(then, new Date(now))) return "Today";
  if (sameDay(then, new Date(now - day))) return "Yesterday";
  return then.getFullYear() === new Date(now).getFullYear() ? longDay.format(then) : dayMonthYear.format(then);
}

/** Relative only under an hour, then a time, a weekday, a date. */
export function formatWhen(at: string | number, now: number): string {
  const then = new Date(at);
  const age = now - then.getTime();
  if (age >= 0 && age < minute) return "now";
  if (age >= 0 && age < 60 * minute) return `${Math.floor(age / minute)} min`;
  if (sameDay(then, new Date(now))) return time.format(then);
  if (age >= 0 && age < 6 * day) return weekday.format(then);
  return then.getFullYear() === new Date(now).getFullYear() ? dayMonth.format(then) : dayMonthYear.format(then);
}

/** The same for what lies behind: "12 min ago", "just now". */
export function formatAgo(at: string | number, now: number): string {
  const words = formatWhen(at, now);
  if (words === "now") return "just now";
  return words.endsWith(" min") ? `${words} ago` : words;
}

/** "40 min", "2 h 10", "3 d 4 h". */
export function formatDuration(minutes: number): string {
  const total = Math.max(0, Math.round(minutes));
  if (total < 60) return `${total} min`;
  const hours = Math.floor(total / 60);
  if (hours < 48) return total % 60 === 0 ? `${hours} h` : `${hours} h ${String(total % 60).padStart(2, "0")}`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Points always carry their sign: "+8.5", "−5.3", "0.0". */
export function formatPoints(points: number): string {
  const rounded = Math.round(points * 10) / 10;
  if (rounded === 0) return "0.0";
  return `${rounded > 0 ? "+" : "−"}${Math.abs(rounded).toFixed(1)}`;
}

export function formatMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
  }).format(amount);
}

/** "12 KB", "3.4 MB". */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${formatNumber(bytes / 1_000_000)} MB`;
}

/** "1 customer", "3 customers". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${new Intl.NumberFormat(language).format(count)} ${count === 1 ? one : many}`;
}

/** The first letters of a name, for its mark. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._@-]+/u)
    .filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase(language);
}

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

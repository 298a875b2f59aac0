import { invalid } from "./errors.ts";

/** @throws Problem 400 when a time zone or language is not one that calendars know, for times are written by them */
export function requireKnownCalendar({ timeZone, locale }: { timeZone?: string | null; locale?: string | null }): void {
  try {
    Intl.DateTimeFormat(locale ?? "en", { timeZone: timeZone ?? "UTC" });
  } catch {
    throw invalid("The time zone must be one like Europe/London, the language one like en-GB.");
  }
}

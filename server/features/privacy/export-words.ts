/** The parts of the page in the order in which a person wants to know them; what is not named comes after. */
export const PARTS: Readonly<Record<string, string>> = {
  profile: "Who you are",
  identities: "What we know you by",
  consents: "What you agreed to",
  suppressions: "Where we do not write to you",
  conversations: "What was written",
  orders: "What you ordered",
  ratings: "How you rated us",
  messagesProposed: "Messages we prepared for you",
  mailsSent: "Mails we sent you",
  interactions: "What happened",
  segments: "Groups you are in",
  experienceScore: "How well we think it went for you",
};

const LABELS: Readonly<Record<string, string>> = {
  addressAs: "How you like to be called",
  accessNeeds: "What you need",
  locale: "Language",
  fields: "Further",
  firstSeenAt: "Known since",
  lastSeenAt: "Last heard of",
  kind: "What it is",
  verified: "Certain",
  class: "For",
  granted: "Agreed",
  initiative: "Who came to whom",
  valence: "How it felt, from −1 to 1",
  scoreAfter: "Score afterwards",
  externalId: "Number in the shop",
  lateMinutes: "Against the promise",
  minutesLate: "Against the promise",
  promiseKept: "As promised",
  at: "When",
  direction: "From",
  openedAt: "Began",
  closedAt: "Ended",
  placedAt: "Ordered",
  promisedAt: "Promised for",
};

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  initiative: { reactive: "You came to us", proactive: "We came to you" },
  direction: { in: "you", out: "us" },
  class: { survey: "questions how it was", marketing: "news and offers", service: "service" },
  kind: {
    user_id: "Customer account",
    anonymous_id: "Device",
    external: "Number in another program",
    social: "Social network",
    email: "Email address",
    phone: "Phone number",
  },
};

/** "firstSeenAt" → "Known since"; "postalCode" → "Postal code" */
export function labelOf(key: string): string {
  if (Object.hasOwn(LABELS, key)) return LABELS[key] ?? key;
  const spaced = key
    .replaceAll(/[._-]/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** What stands for a single value. Moments are told as the clocks of the company show them. */
export function valueOf(key: string, value: unknown, timeZone: string): string {
  if (value instanceof Date) return momentOf(value, timeZone);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return key === "lateMinutes" || key === "minutesLate" ? lateness(value) : numberOf(value);
  const text = String(value);
  const known = VALUES[key];
  if (known && Object.hasOwn(known, text)) return known[text] ?? text;
  return MOMENT.test(text) && !Number.isNaN(Date.parse(text)) ? momentOf(new Date(text), timeZone) : text;
}

/** "22 November 2026, 11:56" */
export function momentOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone }).format(at).replace(" at ", ", ");
}

function numberOf(value: number): string {
  return String(Math.round(value * 100) / 100).replace("-", "−");
}

function lateness(minutes: number): string {
  const amount = Math.abs(minutes);
  const size =
    amount >= 2880
      ? `${Math.round(amount / 1440)} days`
      : amount >= 120
        ? `${Math.round(amount / 60)} hours`
        : `${Math.round(amount)} minutes`;
  return amount < 1 ? "on the minute" : `${size} ${minutes > 0 ? "late" : "early"}`;
}

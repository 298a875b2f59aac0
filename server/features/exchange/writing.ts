/** How a file writes numbers and days. What is not said is read as ISO 8601, and numbers without marks between thousands. */
export interface Writing {
  numbers?: NumbersWay | undefined;
  days?: DaysWay | undefined;
}

export type NumbersWay = "1,234.50" | "1.234,50";
export type DaysWay = "year first" | "day first" | "month first";

const NUMBERS: ReadonlySet<string> = new Set(["total", "item.quantity", "item.price"]);
const MOMENTS: ReadonlySet<string> = new Set([
  ...["occurredAt", "firstSeenAt", "lastSeenAt", "placedAt", "paidAt", "promisedAt", "shippedAt", "deliveredAt", "cancelledAt", "saidAt"],
]);

/** A cell as we write numbers and moments ourselves; what cannot be read so stays as it is, and is refused where it is read. */
export function asWeWrite(field: string, cell: unknown, { numbers, days }: Writing): unknown {
  if (typeof cell !== "string") return cell;
  if (numbers !== undefined && NUMBERS.has(field)) return numberOf(cell, numbers);
  if (days !== undefined && days !== "year first" && MOMENTS.has(field)) return momentOf(cell, days);
  return cell;
}

/** What stands beside a number: spaces, and signs and letters of a currency. */
const BESIDE = /^[\s\p{Sc}\p{L}]+|[\s\p{Sc}\p{L}]+$/gu;

function numberOf(cell: string, way: NumbersWay): string {
  const bare = cell
    .trim()
    .replace(/^\u2212/, "-")
    .replace(/^(-?)[\s\p{Sc}\p{L}]+/u, "$1")
    .replace(BESIDE, "");
  const [thousands, point] = way === "1,234.50" ? [",", "."] : [".", ","];
  const pattern = new RegExp(`^-?\\d{1,3}(?:\\${thousands}\\d{3})+(?:\\${point}\\d+)?$|^-?\\d+(?:\\${point}\\d+)?$`);
  return pattern.test(bare) ? bare.replaceAll(thousands, "").replace(point, ".") : cell;
}

const DAY = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,?[ T]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?$/i;

function momentOf(cell: string, way: DaysWay): string {
  const match = DAY.exec(cell.trim());
  if (!match) return cell;
  const [, one = "", , two = "", year = "", hour = "0", minute = "00", second = "00", half] = match;
  const [day, month] = way === "day first" ? [Number(one), Number(two)] : [Number(two), Number(one)];
  const isWhole = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  if (!isWhole || hours > 23) return cell;
  return `${year}-${twoDigits(month)}-${twoDigits(day)}T${twoDigits(hours)}:${minute}:${second}Z`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** How the first lines write numbers and days, as far as they can only be meant in one way. */
export function guessWriting(rows: readonly Record<string, unknown>[], columns: Record<string, string>): Writing {
  const textsOf = (fields: ReadonlySet<string>): string[] =>
    Object.entries(columns).flatMap(([column, field]) =>
      fields.has(field) ? rows.flatMap((row) => (typeof row[column] === "string" ? [row[column].trim()] : [])) : [],
    );
  const [numbers, days] = [numbersWay(textsOf(NUMBERS)), daysWay(textsOf(MOMENTS))];
  return { ...(numbers === undefined ? {} : { numbers }), ...(days === undefined ? {} : { days }) };
}

function numbersWay(texts: readonly string[]): NumbersWay | undefined {
  const isComma = texts.some((text) => /\d\.\d{3},\d|\d\.\d{3}\.\d{3}|\d,\d{1,2}(?!\d)/.test(text));
  const isPoint = texts.some((text) => /\d,\d{3}\.\d|\d,\d{3},\d{3}|\d\.\d{1,2}(?!\d)/.test(text));
  return isComma === isPoint ? undefined : isComma ? "1.234,50" : "1,234.50";
}

function daysWay(texts: readonly string[]): DaysWay | undefined {
  const days = texts.map((text) => DAY.exec(text)).filter((each) => each !== null);
  const isDayFirst = days.some(([, one]) => Number(one) > 12);
  const isMonthFirst = days.some(([, , , two]) => Number(two) > 12);
  if (isDayFirst !== isMonthFirst) return isDayFirst ? "day first" : "month first";
  // Nobody who parts them by points writes the month first.
  return !isDayFirst && days.length > 0 && days.every(([, , mark]) => mark === ".") ? "day first" : undefined;
}

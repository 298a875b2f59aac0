import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** E.164, from a number that says its country; others could be anybody's, and are null. */
export function normalisePhone(text: string): string | null {
  const international = text.startsWith("00") ? `+${text.slice(2)}` : text;
  const number = parsePhoneNumberFromString(international);
  return number?.isPossible() === true ? number.number : null;
}

/** Whether somebody could be called by it from somewhere: a number of 5 to 20 digits as people write it, with or without its country. */
export function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 5 && digits <= 20 && /^[\d\s+()/.·–-]+(?:(?:x|ext\.?|#)\s?\d{1,6})?$/i.test(text);
}

import { normaliseEmail } from "./email-address.ts";
import { isPhone } from "./phone-number.ts";

/** What somebody says of a customer besides who it is. What is null or left out is not known. */
export interface Traits {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  locale?: string | null;
  timeZone?: string | null;
  fields?: Record<string, unknown>;
}

export interface ReadTraits {
  name: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  timeZone: string | null;
  fields: Record<string, unknown>;
}

/** What of it can be known of a customer: texts that say something, an email address that is one, a phone number that is one. */
export function readTraits(traits: Traits | null): ReadTraits {
  const [email, phone] = [clean(traits?.email, 320), clean(traits?.phone, 50)];
  return {
    name: clean(traits?.name, 200),
    email: email === null || normaliseEmail(email) === null ? null : email,
    phone: phone === null || !isPhone(phone) ? null : phone,
    locale: clean(traits?.locale, 35),
    timeZone: clean(traits?.timeZone, 60),
    fields: traits?.fields ?? {},
  };
}

function clean(text: string | null | undefined, most: number): string | null {
  const trimmed = (text ?? "").replaceAll("\0", "").trim().slice(0, most);
  return trimmed === "" ? null : trimmed.toWellFormed();
}

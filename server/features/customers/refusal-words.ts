import { KIND_WORDS } from "./crowd.ts";
import { normaliseIdentity, type Named } from "./identity-kinds.ts";

const SHOWN = 100;
/** What is longer was cut to this when it was refused. */
const LONGEST = 400;

/** Why an identity names nobody, as a sentence for people: it is not what it should be, else its value is blocked. */
export function refusalWords({ kind, value }: Named): string {
  const shown = `“${value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}”`;
  if (value.length < LONGEST && normaliseIdentity({ kind, value }) !== null)
    return `The ${KIND_WORDS[kind]} ${shown} is blocked: many share it, or it stands for nobody.`;
  if (kind === "email") return `${shown} is no email address.`;
  if (kind === "phone") return `${shown} is no phone number that says its country.`;
  return `${shown} cannot be kept as a ${KIND_WORDS[kind]}.`;
}

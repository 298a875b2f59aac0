const WORDS: Readonly<Record<string, string>> = {
  email: "Email address",
  phone: "Phone number",
  user_id: "User id",
  anonymous_id: "Device",
  external: "Number in another system",
  social: "Social handle",
};

/** What kind of thing a customer is known by. */
export function identityWords(kind: string): string {
  return WORDS[kind] ?? kind;
}

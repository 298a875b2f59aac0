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

/** Who said so. @param name of the source or webhook, where it is known */
export function sourceWords(source: string, name: string | null = null): string {
  if (name !== null) return `from ${name}`;
  if (source === "email") return "from a mail";
  if (source === "order" || source === "shopify" || source === "woocommerce") return "with an order";
  if (source === "import") return "from a file";
  if (source.startsWith("src_")) return "from a source";
  return source.startsWith("hok_") ? "from a webhook" : `from ${source}`;
}

/** By whom two were found to be one. @param member their name; @param origin of the source or webhook */
export function byWords(source: string, member: string | null, origin: string | null): string {
  if (member !== null) return `By ${member}`;
  if (source === "member") return "By a member";
  if (source === "key") return "By an API key";
  const words = sourceWords(source, origin);
  return source === "system" ? "By Throughline" : words.charAt(0).toUpperCase() + words.slice(1);
}

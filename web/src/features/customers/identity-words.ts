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

/** Who said so. */
export function sourceWords(source: string): string {
  if (source === "email") return "from a mail";
  if (source === "order" || source === "shopify" || source === "woocommerce") return "with an order";
  if (source === "import") return "from a file";
  return source.startsWith("src_") ? "from a source" : `from ${source}`;
}

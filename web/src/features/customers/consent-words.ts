/** What customers may be written to about, and how, by the names the API has for it. */
export const classes = [
  { value: "marketing", label: "News and offers" },
  { value: "survey", label: "Questions how it was" },
] as const;

export const channels = [
  { value: "email", label: "by email" },
  { value: "sms", label: "by text message" },
  { value: "phone", label: "by phone" },
] as const;

/** "News and offers by email". A name that is not known yet is shown as it is. */
export function consentWords(about: string, channel: string): string {
  const what = classes.find((each) => each.value === about)?.label ?? about;
  const how = channels.find((each) => each.value === channel)?.label ?? `by ${channel}`;
  return `${what} ${how}`;
}

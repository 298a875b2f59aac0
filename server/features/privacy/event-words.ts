/** What happened, as it is told to the person: in a few words, and what of the properties these words say already. */
export interface Told {
  words: string;
  said: ReadonlySet<string>;
}

type Read = (name: string) => string | null;

/** By kind. Whoever reads is "you", the company is "we"; `read` gives a property as text. */
const WORDS: Readonly<Record<string, (read: Read) => string>> = {
  "message.received": (read) => quoted("You wrote", read("subject")),
  "message.sent": (read) => quoted("We wrote to you", read("subject")),
  "message.undelivered": () => "Our message did not reach you",
  "message.bounced": () => "Our message did not reach you",
  "note.added": () => "We wrote a note for ourselves",
  "conversation.opened": (read) => quoted("A conversation began", read("subject")),
  "conversation.closed": () => "We closed the conversation",
  "conversation.reopened": () => "The conversation was opened again",
  "conversation.assigned": () => "The conversation was given to one of us",
  "conversation.changed": () => "We sorted the conversation",
  "order.placed": (read) => `You ordered${order(read, " (", ")")}`,
  "order.paid": (read) => `Your order${order(read)} was paid`,
  "order.shipped": (read) => `Your order${order(read)} was sent`,
  "order.late": (read) => `Your order${order(read)} is late`,
  "order.not-late": (read) => `Your order${order(read)} is not late after all`,
  "order.delivered": (read) => `Your order${order(read)} was delivered`,
  "order.lost": (read) => `Your order${order(read)} was lost`,
  "order.cancelled": (read) => `Your order${order(read)} was cancelled`,
  "order.refunded": (read) => `Your order${order(read)} was refunded`,
  "order.return-requested": (read) => `You wanted to return something of your order${order(read)}`,
  "order.returned": (read) => `You returned your order${order(read)}`,
  "order.disputed": (read) => `The payment of your order${order(read)} was disputed`,
  "survey.sent": () => "We asked you how it was",
  "survey.asked": () => "We asked you how it was",
  "survey.answered": (read) => `You rated us ${read("rating") ?? read("score") ?? ""} of 5`,
  "survey.withheld": () => "We did not ask you how it was",
  "survey.deferred": () => "We waited with asking you how it was",
  "survey.voided": () => "A machine opened the rating links: no answer of yours",
  "consent.given": (read) => quoted("You agreed", read("wording")),
  "consent.withdrawn": (read) => quoted("You withdrew your consent", read("wording")),
  "page.viewed": (read) => `You looked at ${read("title") ?? read("name") ?? read("path") ?? "a page"}`,
  "screen.viewed": (read) => `You opened ${read("name") ?? "a screen"} in the app`,
  "event.tracked": (read) => read("name") ?? "Something was recorded",
  "advert.clicked": () => "You came by an advert",
  "customer.imported": () => "What we knew of you came in with a file",
  "customer.identified": () => "You said who you are",
  "customer.grouped": () => "You were put with a company",
  "customer.aliased": () => "You go by another id as well",
  "customer.merged": () => "We took two records for one person: you",
  "customer.unmerged": () => "We took that back: two records, two persons",
  "segment.entered": (read) => quoted("You came into our group", read("name")),
  "segment.left": (read) => quoted("You left our group", read("name")),
  "experience.at-risk": () => "We noted that things went wrong for you",
  "experience.recovered": () => "We noted that things go well again",
  "play.dropped": () => "We decided against a message to you",
};

/** @param properties as the log keeps them; what an event itself holds lies one level deeper */
export function tellEvent(kind: string, properties: Readonly<Record<string, unknown>>): Told {
  const said = new Set<string>();
  const read: Read = (name) => {
    const value = properties[name];
    if ((typeof value !== "string" || value.trim() === "") && typeof value !== "number") return null;
    said.add(name);
    return String(value);
  };
  const words = Object.hasOwn(WORDS, kind) ? WORDS[kind] : undefined;
  return { words: words ? words(read) : plain(kind), said };
}

function order(read: Read, before = " ", after = ""): string {
  const number = read("number") ?? read("orderNumber");
  return number === null ? "" : `${before}${number}${after}`;
}

function quoted(words: string, quote: string | null): string {
  return quote === null ? words : `${words}: “${quote}”`;
}

/** "review.written" → "Review written" */
function plain(kind: string): string {
  const words = kind.replaceAll(/[._-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

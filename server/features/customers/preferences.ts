import { transaction, type Scope, type Tx } from "../../platform/db/index.ts";
import { consentsOf, recordConsent, type NewConsent } from "./consents.ts";
import { requireCustomer } from "./require-customer.ts";
import { addressOf } from "./profile-queries.ts";
import { liftSuppression, suppress, suppressionOf } from "./suppressions.ts";

/** What may be agreed to, in the words that are shown and kept. */
export const CHOICES = [
  { channel: "email", class: "survey", about: "Questions by email", wording: "You may ask me by email how it was." },
  { channel: "email", class: "marketing", about: "News and offers by email", wording: "You may send me news and offers by email." },
] as const;

export type Choice = (typeof CHOICES)[number];

export interface Preference {
  choice: Choice;
  /** What holds now: what was said last; where nothing was, questions are asked under notice and news are not sent. */
  granted: boolean;
  /** Whether they ever said so themselves, or it merely is so as long as nothing is said. */
  isSaid: boolean;
}

export async function preferencesOf(scope: Scope, customerId: number): Promise<Preference[]> {
  const customer = await requireCustomer(scope, customerId);
  const said = await consentsOf(scope, customer.id);
  const held = new Set<string>();
  for (const choice of CHOICES) {
    if (customer.email !== null && (await suppressionOf(scope, customer.email, choice.class)) !== null) held.add(choice.class);
  }
  return CHOICES.map((choice) => {
    const last = said.find((each) => each.channel === choice.channel && each.class === choice.class);
    const isHeld = held.has(choice.class);
    return { choice, granted: !isHeld && (last?.granted ?? choice.class === "survey"), isSaid: isHeld || last !== undefined };
  });
}

/**
 * What a customer says on their own page, with the words that stood there. Only what changes is written down, and a click
 * that asks for no more of it, though nothing was ever agreed to. It holds for the address of whom the link names, so
 * that nobody else is held to it when they turn out to be two.
 * @param granted null: nothing is said of it
 */
export async function statePreferences(
  who: { workspaceId: number; customerId: number },
  granted: (choice: Choice) => boolean | null,
  source: NewConsent["source"],
): Promise<void> {
  await transaction(who, async (tx) => {
    const address = await ownAddress(tx, who.customerId);
    const own = await consentsOf(tx, who.customerId, "customer");
    for (const { choice, granted: before, isSaid } of await preferencesOf(tx, who.customerId)) {
      const now = granted(choice);
      const hadAgreed = own.some((each) => each.channel === choice.channel && each.class === choice.class && each.granted);
      const isNews = before !== now || (!isSaid && source === "one-click unsubscribe") || (hadAgreed && now === false);
      if (now === null || !isNews) continue;
      const wording = now ? choice.wording : `Not any more: ${choice.about.toLowerCase()}.`;
      await recordConsent(tx, who.customerId, { channel: choice.channel, class: choice.class, granted: now, source, wording });
      if (address === null) continue;
      if (now) await liftSuppression(tx, address, choice.class);
      else await suppress(tx, { channel: "email", address, class: choice.class, reason: "They asked for none.", source });
    }
  });
}

async function ownAddress(tx: Tx, customerId: number): Promise<string | null> {
  return (await addressOf(tx, customerId)) ?? (await requireCustomer(tx, customerId)).email;
}

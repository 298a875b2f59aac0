import { findWorkspace } from "../access/index.ts";
import { queueEmail } from "../channels/email/index.ts";
import { findConversation, hasOpenConversation } from "../conversations/index.ts";
import { consentsOf, findCustomer, type Customer } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import { together, transaction, type Tx } from "../../platform/db/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { publicId } from "../../platform/ids.ts";
import { askLetter } from "./ask-letter.ts";
import { askingOf, changeAsk, lockAsk, type Ask, type Asking } from "./queries.ts";

const DAY_MS = 86_400_000;
const LONGEST_DEFERRAL_DAYS = 14;

export interface Asked {
  workspaceId: number;
  askId: number;
}

/** Asks, or says why not: now, in a day when something else of theirs is open, or never. */
export async function ask({ workspaceId, askId }: Asked, publicUrl: string): Promise<void> {
  await transaction({ workspaceId }, async (tx) => {
    const found = await lockAsk(tx, askId);
    if (!found || (found.state !== "waiting" && found.state !== "deferred")) return;
    const [conversation, customer] = await together([findConversation(tx, found.conversationId), findCustomer(tx, found.customerId)]);
    if (!conversation || conversation.status === "open")
      return changeAsk(tx, askId, { state: "cancelled", reason: "It was opened again." });
    const refusal = await whyNot(tx, customer);
    if (refusal !== null || !customer?.email) return withhold(tx, found, refusal ?? "No email address is known.");
    if (await mustWait(tx, found)) return defer(tx, found);
    await send(tx, found, { ...customer, email: customer.email }, publicUrl);
  });
}

async function whyNot(tx: Tx, customer: Customer | undefined): Promise<string | null> {
  const asking = await askingOf(tx);
  if (asking === "off") return "Ratings are switched off.";
  if (!customer) return "The customer is gone.";
  const said = (await consentsOf(tx, customer.id)).find((consent) => consent.channel === "email" && consent.class === "survey");
  return consentRefusal(asking, said?.granted ?? null);
}

/** @param granted what they last said; null when they never said anything */
export function consentRefusal(asking: Asking, granted: boolean | null): string | null {
  if (granted === false) return "They asked not to be asked.";
  return asking === "opt-in" && granted !== true ? "They have not agreed to be asked." : null;
}

async function mustWait(tx: Tx, found: Ask): Promise<boolean> {
  const waited = tx.now.getTime() - found.firstDueAt.getTime();
  return waited < LONGEST_DEFERRAL_DAYS * DAY_MS && (await hasOpenConversation(tx, found.customerId, found.conversationId));
}

async function defer(tx: Tx, found: Ask): Promise<void> {
  const until = new Date(tx.now.getTime() + DAY_MS);
  const reason = "Another conversation of theirs is open.";
  await changeAsk(tx, found.id, { state: "deferred", reason, deferredUntil: until });
  await enqueue(tx, "surveys.ask", { workspaceId: tx.workspaceId, askId: found.id }, { runAt: until, key: `surveys.ask:${found.id}` });
  if (found.state === "waiting") await note(tx, found, "survey.deferred", { reason, until: until.toISOString() });
}

async function withhold(tx: Tx, found: Ask, reason: string): Promise<void> {
  await changeAsk(tx, found.id, { state: "withheld", reason });
  await note(tx, found, "survey.withheld", { reason });
}

async function send(tx: Tx, found: Ask, customer: Customer & { email: string }, publicUrl: string): Promise<void> {
  const workspace = await findWorkspace(tx);
  const conversation = await findConversation(tx, found.conversationId);
  const letter = askLetter({
    company: workspace?.name ?? "us",
    name: customer.addressAs ?? customer.name,
    subject: conversation?.subject ?? "",
    token: found.token,
    publicUrl,
  });
  const queued = await queueEmail(tx, {
    customerId: customer.id,
    conversationId: found.conversationId,
    messageId: null,
    to: { address: customer.email, name: customer.name },
    fromName: workspace?.name ?? "",
    mailAddressId: conversation?.mailAddressId ?? null,
    ...letter,
    class: "survey",
    automatic: true,
  });
  if (queued.state === "withheld") return withhold(tx, found, queued.detail ?? "The address may not be written to.");
  await changeAsk(tx, found.id, { state: "sent", deliveryId: queued.deliveryId });
  await note(tx, found, "survey.sent", { delivery: queued.state, deferrals: found.deferrals });
}

async function note(tx: Tx, found: Ask, kind: string, properties: Record<string, unknown>): Promise<void> {
  await record(tx, {
    kind,
    customerId: found.customerId,
    conversationId: found.conversationId,
    touchpoint: "survey",
    initiative: "proactive",
    properties: { survey: "csat", conversation: publicId("con", found.conversationId), ...properties },
  });
}

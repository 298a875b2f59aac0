import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { anywhere, transaction, type Tx } from "../../../platform/db/index.ts";
import { notFound, Problem } from "../../../platform/errors.ts";
import { readJson } from "../../../platform/http/index.ts";
import { unseal } from "../../../platform/secret.ts";
import { findOrCreateCustomer } from "../../customers/index.ts";
import { keepEvent, lockOrder, sourceByToken, takeWaitingEvents, type OrderSource } from "../queries.ts";
import { tellOrder } from "../tell-order.ts";
import { readShopify, type ShopifyWords } from "./read-webhook.ts";

export interface ShopifyWebhook {
  token: string;
  topic: string;
  /** X-Shopify-Hmac-Sha256: base64 of HMAC-SHA256 over the raw body, keyed with the shop's secret. */
  signature: string;
  /** X-Shopify-Webhook-Id, the same when Shopify sends it again. */
  webhookId: string | null;
  body: Buffer;
}

/** Takes in one webhook: once, whatever order they come in. @throws Problem 401 for a signature that is not the shop's */
export async function takeWebhook(webhook: ShopifyWebhook): Promise<void> {
  const source = await sourceByToken(anywhere(), webhook.token);
  if (!source) throw notFound("order source");
  if (!isSigned(webhook, unseal(source.secretSealed, "order-source")))
    throw new Problem(401, "wrong-signature", "The signature does not fit this body and this shop's secret.");
  const body = readJson(webhook.body);
  const words = readShopify(webhook.topic, body, source.promisedHours);
  await transaction(source, (tx) => take(tx, source, webhook, body, words));
}

async function take(tx: Tx, source: OrderSource, webhook: ShopifyWebhook, body: unknown, words: ShopifyWords | null): Promise<void> {
  const key = words && { source: `shopify:${source.id}`, externalId: words.orderExternalId };
  const known = key === null ? undefined : await lockOrder(tx, key);
  const outcome = words === null ? "ignored" : words.customer === null && !known ? "waiting" : "taken";
  const eventKey = webhook.webhookId ?? createHash("sha256").update(webhook.topic).update(webhook.body).digest("hex");
  const isNew = await keepEvent(tx, {
    sourceId: source.id,
    eventKey,
    topic: webhook.topic,
    orderExternalId: words?.orderExternalId ?? null,
    body,
    outcome,
  });
  if (!isNew || words === null || key === null || outcome !== "taken") return;

  const waiting = await takeWaitingEvents(tx, source.id, words.orderExternalId);
  const said = [words, ...waiting.flatMap((event) => readShopify(event.topic, event.body, source.promisedHours) ?? [])];
  await tellOrder(tx, { key, customerId: known?.customerId ?? (await customerOf(tx, source, words)), said });
}

/** By email first, then by the shop's own number; a guest without either is known by the order alone. */
async function customerOf(tx: Tx, source: OrderSource, { customer, words, orderExternalId }: ShopifyWords): Promise<number> {
  const known = await findOrCreateCustomer(tx, {
    email: customer?.email,
    name: customer?.name,
    externalId: { source: `shopify:${source.id}`, id: customer?.shopifyId ?? `order-${orderExternalId}` },
    at: words.placedAt ? new Date(words.placedAt) : tx.now,
    source: "shopify",
  });
  return known.id;
}

function isSigned(webhook: ShopifyWebhook, secret: string): boolean {
  const expected = createHmac("sha256", secret).update(webhook.body).digest();
  const given = Buffer.from(webhook.signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

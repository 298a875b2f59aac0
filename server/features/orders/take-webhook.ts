import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { now } from "../../platform/clock.ts";
import { anywhere, transaction, type Tx } from "../../platform/db/index.ts";
import { notFound, Problem } from "../../platform/errors.ts";
import { readJson } from "../../platform/http/index.ts";
import { unseal } from "../../platform/secret.ts";
import { findOrCreateCustomer } from "../customers/index.ts";
import { readShopify } from "./shopify/read-webhook.ts";
import { readMoment } from "./moments.ts";
import type { ReadWebhook, ShopWords } from "./shop-words.ts";
import { keepEvent, sourceByToken, takeWaitingEvents, type OrderSource, type ShopKind } from "./source-queries.ts";
import { lockOrder } from "./telling-queries.ts";
import { tellOrder } from "./tell-order.ts";
import { readWooCommerce } from "./woocommerce/read-webhook.ts";

export interface Webhook {
  shop: ShopKind;
  token: string;
  topic: string;
  /** Base64 of HMAC-SHA256 over the raw body, keyed with the shop's secret. */
  signature: string;
  /** The shop's own number of it, the same when it sends it again. */
  webhookId: string | null;
  /** When it happened, as the shop says beside the body. */
  saidAt: string | null;
  body: Buffer;
}

const READ: Record<ShopKind, ReadWebhook> = { shopify: readShopify, woocommerce: readWooCommerce };

/** Takes in one webhook: once, whatever order they come in. @throws Problem 401 for a signature that is not the shop's */
export async function takeWebhook(webhook: Webhook): Promise<void> {
  const source = await requireSource(webhook);
  if (!isSigned(webhook, unseal(source.secretSealed, "order-source")))
    throw new Problem(401, "wrong-signature", "The signature does not fit this body and this shop's secret.");
  const body = readJson(webhook.body);
  const receivedAt = saidAt(webhook);
  const words = READ[webhook.shop](webhook.topic, body, { promisedHours: source.promisedHours, receivedAt });
  await transaction(source, (tx) => take(tx, source, { ...webhook, receivedAt }, body, words));
}

/** Stands for what is told without a moment of its own; a clock that is fast does not make it newer than what comes after. */
function saidAt(webhook: Webhook): Date {
  const said = readMoment(webhook.saidAt);
  return said === undefined || new Date(said) > now() ? now() : new Date(said);
}

/** @throws Problem 404 when no such shop is connected under this address */
export async function requireSource({ shop, token }: Pick<Webhook, "shop" | "token">): Promise<OrderSource> {
  const source = await sourceByToken(anywhere(), token);
  if (source?.kind !== shop) throw notFound("order source");
  return source;
}

async function take(
  tx: Tx,
  source: OrderSource,
  webhook: Webhook & { receivedAt: Date },
  body: unknown,
  words: ShopWords | null,
): Promise<void> {
  const key = words && { source: `${webhook.shop}:${source.id}`, externalId: words.orderExternalId };
  const known = key === null ? undefined : await lockOrder(tx, key);
  const outcome = words === null ? "ignored" : words.customer === null && !known ? "waiting" : "taken";
  const eventKey = webhook.webhookId ?? createHash("sha256").update(webhook.topic).update(webhook.body).digest("hex");
  const isNew = await keepEvent(tx, {
    sourceId: source.id,
    eventKey,
    topic: webhook.topic,
    orderExternalId: words?.orderExternalId ?? null,
    body,
    receivedAt: webhook.receivedAt,
    outcome,
  });
  if (!isNew || words === null || key === null || outcome !== "taken") return;

  const waiting = await takeWaitingEvents(tx, source.id, words.orderExternalId);
  const read = READ[webhook.shop];
  const said = [words, ...waiting.flatMap((event) => read(event.topic, event.body, { ...source, receivedAt: event.receivedAt }) ?? [])];
  await tellOrder(tx, { key, customerId: known?.customerId ?? (await customerOf(tx, webhook.shop, source, words)), said });
}

/** By email first, then by the shop's own number; a guest without either is known by the order alone. */
async function customerOf(tx: Tx, shop: ShopKind, source: OrderSource, { customer, words, orderExternalId }: ShopWords): Promise<number> {
  const known = await findOrCreateCustomer(tx, {
    email: customer?.email,
    name: customer?.name,
    externalId: { source: `${shop}:${source.id}`, id: customer?.shopId ?? `order-${orderExternalId}` },
    at: words.placedAt ? new Date(words.placedAt) : tx.now,
    source: shop,
  });
  return known.id;
}

function isSigned(webhook: Webhook, secret: string): boolean {
  const expected = createHmac("sha256", secret).update(webhook.body).digest();
  const given = Buffer.from(webhook.signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

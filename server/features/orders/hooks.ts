import { Type } from "typebox";
import type { RoomApp } from "../../platform/http/index.ts";
import type { ShopKind } from "./source-queries.ts";
import { requireSource, takeWebhook } from "./take-webhook.ts";

const LARGEST = 2 * 1024 * 1024;
/** Shopify's are 36 characters; an index cannot hold just anything. */
const LONGEST_ID = 200;

/** The headers in which each shop says what it sends. */
const HEADERS: Record<ShopKind, { topic: string; signature: string; id: string; saidAt: string | null }> = {
  shopify: {
    topic: "x-shopify-topic",
    signature: "x-shopify-hmac-sha256",
    id: "x-shopify-webhook-id",
    saidAt: "x-shopify-triggered-at",
  },
  woocommerce: { topic: "x-wc-webhook-topic", signature: "x-wc-webhook-signature", id: "x-wc-webhook-delivery-id", saidAt: null },
};

/** Webhooks of shops. The body is kept as bytes, since the signature is over exactly these. Not part of the contract. */
export async function hooks(app: RoomApp): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST }, (_request, body, done) => done(null, body));
  addHook(app, "shopify");
  addHook(app, "woocommerce");
}

function addHook(app: RoomApp, shop: ShopKind): void {
  app.post(
    `/hooks/${shop}/:token`,
    {
      config: { permission: "public" },
      bodyLimit: LARGEST,
      schema: { hide: true, params: Type.Object({ token: Type.String({ maxLength: 100 }) }) },
    },
    async (request, reply) => {
      const header = (name: string): string => String(request.headers[name] ?? "");
      const names = HEADERS[shop];
      const { token } = request.params;
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (shop === "woocommerce" && isPing(header(names.signature), body)) {
        await requireSource({ shop, token });
        return reply.code(200).send({ taken: false });
      }
      await takeWebhook({
        shop,
        token,
        topic: header(names.topic),
        signature: header(names.signature),
        saidAt: names.saidAt === null ? null : header(names.saidAt),
        webhookId: header(names.id).slice(0, LONGEST_ID) || null,
        body,
      });
      return reply.code(200).send({ taken: true });
    },
  );
}

/** WooCommerce asks whether anybody is there when a webhook is saved: a form with nothing but its number, unsigned. */
function isPing(signature: string, body: Buffer): boolean {
  return signature === "" && /^webhook_id=\d{1,20}$/.test(body.toString("latin1"));
}

import { Type } from "typebox";
import type { RoomApp } from "../../platform/http/index.ts";
import { takeWebhook } from "./shopify/take-webhook.ts";

const LARGEST = 2 * 1024 * 1024;
/** Shopify's are 36 characters; an index cannot hold just anything. */
const LONGEST_ID = 200;

/** Webhooks of shops. The body is kept as bytes, since the signature is over exactly these. Not part of the contract. */
export async function hooks(app: RoomApp): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST }, (_request, body, done) => done(null, body));

  app.post(
    "/hooks/shopify/:token",
    {
      config: { permission: "public" },
      bodyLimit: LARGEST,
      schema: { hide: true, params: Type.Object({ token: Type.String({ maxLength: 100 }) }) },
    },
    async (request, reply) => {
      const header = (name: string): string => String(request.headers[name] ?? "");
      await takeWebhook({
        token: request.params.token,
        topic: header("x-shopify-topic"),
        signature: header("x-shopify-hmac-sha256"),
        webhookId: header("x-shopify-webhook-id").slice(0, LONGEST_ID) || null,
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      });
      return reply.code(200).send({ taken: true });
    },
  );
}

import { randomBytes } from "node:crypto";
import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { seal } from "../../platform/secret.ts";
import { endSource, insertSource, type OrderSource, type ShopKind } from "./source-queries.ts";

/** Connects a shop: from now on its webhooks are taken at an address of their own, signed with this secret. */
export async function addSource(
  actor: Actor,
  input: { kind: ShopKind; name: string; secret: string; promisedHours?: number | null },
): Promise<OrderSource> {
  authorize(actor, "workspace:write");
  return transaction(actor, async (tx) => {
    const source = await insertSource(tx, {
      kind: input.kind,
      name: input.name,
      token: randomBytes(18).toString("base64url"),
      secretSealed: seal(input.secret, "order-source"),
      promisedHours: input.promisedHours ?? null,
    });
    await audit(tx, actor, {
      action: "orders.add-source",
      subject: publicId("src", source.id),
      after: { name: input.name, kind: input.kind },
    });
    return source;
  });
}

/** Its orders stay; its webhooks are refused from now on. */
export async function removeSource(actor: Actor, id: number): Promise<void> {
  authorize(actor, "workspace:write");
  await transaction(actor, async (tx) => {
    const name = await endSource(tx, id);
    if (name === null) throw notFound("order source");
    await audit(tx, actor, { action: "orders.remove-source", subject: publicId("src", id), before: { name } });
  });
}

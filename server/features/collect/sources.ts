import { randomBytes } from "node:crypto";
import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { forgetKnown, hashOf } from "./known.ts";
import { insertSource, markRevoked, replaceKey, type Source } from "./queries.ts";

/** For this long, the key before a rotation works beside the new one. */
const OLD_KEY_WORKS = 24 * 3_600_000;

/** Makes a source of events. Its write key is in the answer and nowhere else. */
export async function createSource(actor: Actor, input: { name: string; kind?: Source["kind"] }): Promise<Source & { writeKey: string }> {
  authorize(actor, "keys:write");
  const writeKey = newKey();
  return transaction(actor, async (tx) => {
    const source = await insertSource(tx, {
      name: input.name,
      kind: input.kind ?? "server",
      hint: hintOf(writeKey),
      keyHash: hashOf(writeKey),
      createdBy: actor.memberId,
    });
    await audit(tx, actor, {
      action: "sources.create",
      subject: publicId("src", source.id),
      after: { name: source.name, kind: source.kind },
    });
    tx.afterCommit(forgetKnown);
    return { ...source, writeKey };
  });
}

/** Gives a source a new write key; the one before works for another day. */
export async function rotateSource(actor: Actor, id: number): Promise<Source & { writeKey: string }> {
  authorize(actor, "keys:write");
  const writeKey = newKey();
  return transaction(actor, async (tx) => {
    const oldUntil = new Date(tx.now.getTime() + OLD_KEY_WORKS);
    const source = await replaceKey(tx, id, { hint: hintOf(writeKey), hash: hashOf(writeKey), oldUntil });
    if (!source) throw notFound("source");
    await audit(tx, actor, { action: "sources.rotate", subject: publicId("src", id), after: { hint: source.hint } });
    tx.afterCommit(forgetKnown);
    return { ...source, writeKey };
  });
}

/** Ends a source at once; what it sent stays. Revoking twice is no error. */
export async function revokeSource(actor: Actor, id: number): Promise<void> {
  authorize(actor, "keys:write");
  await transaction(actor, async (tx) => {
    const source = await markRevoked(tx, id);
    if (!source) throw notFound("source");
    await audit(tx, actor, { action: "sources.revoke", subject: publicId("src", id), before: { name: source.name } });
    tx.afterCommit(forgetKnown);
  });
}

function newKey(): string {
  return `wk_${randomBytes(24).toString("base64url")}`;
}

function hintOf(writeKey: string): string {
  return writeKey.slice(0, 8);
}

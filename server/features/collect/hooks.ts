import { randomBytes } from "node:crypto";
import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { invalid, notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { deleteBodiesOf } from "./body-queries.ts";
import { readMapping } from "./evaluate.ts";
import { forgetKnown } from "./known.ts";
import { findHook, insertHook, markHookRemoved, updateHook, type Hook } from "./hook-queries.ts";

/** Makes a hook: an address of its own, and the mapping by which its webhooks are read. @throws Problem 400 when the mapping is not JSONata */
export async function createHook(actor: Actor, input: { name: string; mapping: string }): Promise<Hook> {
  authorize(actor, "workspace:write");
  await requireReadable(input.mapping);
  return transaction(actor, async (tx) => {
    const hook = await insertHook(tx, { ...input, token: randomBytes(18).toString("base64url") });
    await audit(tx, actor, { action: "hooks.create", subject: publicId("hok", hook.id), after: input });
    tx.afterCommit(forgetKnown);
    return hook;
  });
}

/** Changes a hook's name or mapping; its address stays. */
export async function changeHook(actor: Actor, id: number, change: { name?: string; mapping?: string }): Promise<Hook> {
  authorize(actor, "workspace:write");
  if (change.mapping !== undefined) await requireReadable(change.mapping);
  return transaction(actor, async (tx) => {
    const before = await requireHook(tx, id);
    const hook = await updateHook(tx, id, { name: change.name ?? before.name, mapping: change.mapping ?? before.mapping });
    if (!hook) throw notFound("hook");
    await audit(tx, actor, { action: "hooks.change", subject: publicId("hok", id), before: { mapping: before.mapping }, after: change });
    tx.afterCommit(forgetKnown);
    return hook;
  });
}

/** Ends a hook at once; what it brought stays. */
export async function removeHook(actor: Actor, id: number): Promise<void> {
  authorize(actor, "workspace:write");
  await transaction(actor, async (tx) => {
    const name = await markHookRemoved(tx, id);
    if (name === null) throw notFound("hook");
    await deleteBodiesOf(tx, id);
    await audit(tx, actor, { action: "hooks.remove", subject: publicId("hok", id), before: { name } });
    tx.afterCommit(forgetKnown);
  });
}

async function requireHook(tx: Tx, id: number): Promise<Hook> {
  const hook = await findHook(tx, id);
  if (!hook) throw notFound("hook");
  return hook;
}

async function requireReadable(mapping: string): Promise<void> {
  const evaluated = await readMapping(mapping);
  if (evaluated.outcome === "failed") throw invalid(`The mapping cannot be read: ${evaluated.reason}`);
}

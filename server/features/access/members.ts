import { conflict, forbidden, notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { authorize, type Actor } from "./actor.ts";
import { audit } from "./audit.ts";
import type { Role } from "./permissions.ts";
import { countOwners, deleteSessionsOf, findMember, lockWorkspace, updateMember, type Member } from "./queries.ts";

/** Changes a role or says whether somebody is on shift. The last owner stays owner. */
export async function changeMember(actor: Actor, id: number, change: { role?: Role; onShift?: boolean }): Promise<Member> {
  if (actor.memberId !== id || change.role !== undefined) authorize(actor, "members:write");
  return transaction(actor, async (tx) => {
    const member = await lockedMember(tx, id);
    if (Object.keys(change).length === 0) return member;
    if (change.role !== undefined && change.role !== member.role) await keepAnOwner(tx, actor, member, change.role);
    await updateMember(tx, id, change);
    await audit(tx, actor, {
      action: "members.change",
      subject: publicId("mem", id),
      before: { role: member.role, onShift: member.onShift },
      after: change,
    });
    return { ...member, ...change };
  });
}

/** Ends a membership and every session of that person. Their name stays on what they wrote. */
export async function removeMember(actor: Actor, id: number): Promise<void> {
  authorize(actor, "members:write");
  await transaction(actor, async (tx) => {
    const member = await lockedMember(tx, id);
    await keepAnOwner(tx, actor, member, null);
    await updateMember(tx, id, { removedAt: tx.now });
    if (member.userId !== null) await deleteSessionsOf(tx, member.userId);
    await audit(tx, actor, { action: "members.remove", subject: publicId("mem", id), before: { email: member.email, role: member.role } });
  });
}

async function lockedMember(tx: Tx, id: number): Promise<Member> {
  await lockWorkspace(tx);
  const member = await findMember(tx, id);
  if (!member) throw notFound("member");
  return member;
}

async function keepAnOwner(tx: Tx, actor: Actor, member: Member, next: Role | null): Promise<void> {
  if (member.role === "owner" || next === "owner") await requireOwner(tx, actor);
  if (member.role === "owner" && next !== "owner" && (await countOwners(tx)) === 1) {
    throw conflict("This is the last owner. Make somebody else an owner first.");
  }
}

/**
 * Whoever makes or unmakes owners is one, or is whoever runs the installation. A key of the workspace is neither, since
 * each admin can make one. @throws Problem 403
 */
export async function requireOwner(tx: Tx, actor: Actor): Promise<void> {
  if (actor.id === null) return;
  const self = actor.memberId === null ? undefined : await findMember(tx, actor.memberId);
  if (self?.role !== "owner") throw forbidden("Only an owner may make or unmake owners.");
}

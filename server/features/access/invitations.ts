import { randomBytes } from "node:crypto";
import { conflict, notFound } from "../../platform/errors.ts";
import { now } from "../../platform/clock.ts";
import { publicId } from "../../platform/ids.ts";
import { anywhere, reading, transaction, type Tx } from "../../platform/db/index.ts";
import { authorize, systemActor, type Actor } from "./actor.ts";
import { audit } from "./audit.ts";
import { hashOf } from "./keys.ts";
import { requireOwner } from "./members.ts";
import type { Role } from "./permissions.ts";
import { findWorkspace, insertMember, listMembers, roleOf, type Member } from "./queries.ts";
import type { SignIn } from "./sign-in.ts";
import { ensureUser } from "./start.ts";

const VALID_DAYS = 7;

export interface Invitation {
  id: number;
  email: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
}

/** How an invitation reaches its reader; server/app plugs the mail room in, which stands on a higher floor. */
export type Postman = (tx: Tx, letter: { to: string; workspaceName: string; invitedBy: string; token: string }) => Promise<void>;

let postman: Postman | null = null;

export function deliverInvitationsBy(carry: Postman): void {
  postman = carry;
}

/** Invites somebody by email. The token is in the mail and in this answer, and kept only as a hash. */
export async function invite(actor: Actor, input: { email: string; role: Role }): Promise<Invitation & { token: string }> {
  authorize(actor, "members:write");
  return transaction(actor, async (tx) => {
    const email = input.email.trim();
    const members = await listMembers(tx);
    if (members.some((member) => member.email.toLowerCase() === email.toLowerCase())) throw conflict(`${email} is a member already.`);
    if (input.role === "owner") await requireOwner(tx, actor);
    const token = randomBytes(24).toString("base64url");
    const row = await insertInvitation(tx, { email, role: input.role, token, invitedBy: actor.memberId });
    const workspace = await findWorkspace(tx);
    await postman?.(tx, { to: email, workspaceName: workspace?.name ?? "", invitedBy: actor.name, token });
    await audit(tx, actor, { action: "invitations.create", subject: publicId("inv", row.id), after: { email, role: input.role } });
    return { ...row, token };
  });
}

export async function withdrawInvitation(actor: Actor, id: number): Promise<void> {
  authorize(actor, "members:write");
  await transaction(actor, async (tx) => {
    const row = await tx.db
      .updateTable("invitations")
      .set(({ fn, val }) => ({ withdrawn_at: fn.coalesce("withdrawn_at", val(tx.now)) }))
      .where("workspace_id", "=", tx.workspaceId)
      .where("id", "=", id)
      .returning("email")
      .executeTakeFirst();
    if (!row) throw notFound("invitation");
    await audit(tx, actor, { action: "invitations.withdraw", subject: publicId("inv", id), before: { email: row.email } });
  });
}

export async function listInvitations(actor: Actor): Promise<Invitation[]> {
  authorize(actor, "members:read");
  const { db, workspaceId } = reading(actor);
  const rows = await db
    .selectFrom("invitations")
    .select(INVITATION)
    .where("workspace_id", "=", workspaceId)
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("expires_at", ">", now())
    .orderBy("id", "desc")
    .limit(200)
    .execute();
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }));
}

/** Takes an invitation up: makes the person's sign-in if they have none, and the membership. */
export async function acceptInvitation(
  signIn: SignIn,
  input: { token: string; name: string; password: string },
): Promise<Member & { workspaceId: number }> {
  const found = await openInvitation(input.token);
  if (!found) throw notFound("invitation");
  const userId = await ensureUser(signIn, { name: input.name, email: found.email, password: input.password });
  const actor = systemActor(found.workspaceId);

  return transaction(actor, async (tx) => {
    const taken = await tx.db
      .updateTable("invitations")
      .set({ accepted_at: tx.now })
      .where("workspace_id", "=", tx.workspaceId)
      .where("id", "=", found.id)
      .where("accepted_at", "is", null)
      .where("withdrawn_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (!taken) throw notFound("invitation");
    const member = await insertMember(tx, { userId, name: input.name, email: found.email, role: roleOf(found.role) });
    await audit(tx, actor, {
      action: "invitations.accept",
      subject: publicId("inv", found.id),
      after: { member: publicId("mem", member.id) },
    });
    return { ...member, workspaceId: found.workspaceId };
  });
}

async function openInvitation(token: string): Promise<{ id: number; workspaceId: number; email: string; role: string } | undefined> {
  return anywhere()
    .db.selectFrom("invitations")
    .select(["id", "workspace_id as workspaceId", "email", "role"])
    .where("token_hash", "=", hashOf(token))
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("expires_at", ">", now())
    .executeTakeFirst();
}

async function insertInvitation(tx: Tx, row: { email: string; role: Role; token: string; invitedBy: number | null }): Promise<Invitation> {
  const inserted = await tx.db
    .insertInto("invitations")
    .values({
      workspace_id: tx.workspaceId,
      email: row.email,
      role: row.role,
      token_hash: hashOf(row.token),
      invited_by: row.invitedBy,
      created_at: tx.now,
      expires_at: new Date(tx.now.getTime() + VALID_DAYS * 86_400_000),
    })
    .returning(INVITATION)
    .executeTakeFirstOrThrow();
  return { ...inserted, role: row.role };
}

const INVITATION = ["id", "email", "role", "created_at as createdAt", "expires_at as expiresAt"] as const;

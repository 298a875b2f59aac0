import { randomBytes } from "node:crypto";
import { conflict } from "../../platform/errors.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { systemActor } from "./actor.ts";
import { audit } from "./audit.ts";
import { publicId } from "../../platform/ids.ts";
import {
  firstWorkspace,
  insertMember,
  insertWorkspace,
  listMembers,
  lockWorkspace,
  updateWorkspace,
  userByEmail,
  type Everywhere,
  type Member,
  type Workspace,
} from "./queries.ts";
import type { SignIn } from "./sign-in.ts";

/** Makes a workspace with its own signing key. Rooms fill in their defaults when they first need them. */
export async function createWorkspace(input: { name: string; sample: boolean }, where: Everywhere = anywhere()): Promise<Workspace> {
  return insertWorkspace(where, { ...input, signingKey: randomBytes(32) });
}

/** Whether the first start still waits for its owner. */
export async function isOwnerNeeded(): Promise<boolean> {
  const workspace = await firstWorkspace(anywhere());
  if (!workspace) return false;
  return (await listMembers({ db: anywhere().db, workspaceId: workspace.id })).length === 0;
}

export interface Owner {
  name: string;
  email: string;
  password: string;
  workspaceName?: string;
}

/** Makes the first owner of the first workspace. @throws Problem 409 when there is one already */
export async function claimWorkspace(signIn: SignIn, owner: Owner): Promise<Member> {
  const workspace = await firstWorkspace(anywhere());
  if (!workspace) throw conflict("There is no workspace to own yet.");
  const actor = systemActor(workspace.id);
  if (!(await isOwnerNeeded())) throw conflict("This workspace has its owner already; sign in, or ask to be invited.");
  const userId = await ensureUser(signIn, owner);

  return transaction(actor, async (tx) => {
    await lockWorkspace(tx);
    if ((await listMembers(tx)).length > 0) throw conflict("This workspace has its owner already; sign in, or ask to be invited.");
    if (owner.workspaceName) await updateWorkspace(tx, { name: owner.workspaceName });
    const member = await insertMember(tx, { userId, name: owner.name, email: owner.email, role: "owner" });
    await audit(tx, actor, { action: "members.claim", subject: publicId("mem", member.id), after: { email: owner.email } });
    return member;
  });
}

/** A user for better-auth, made by us: nobody signs up by themselves. An existing one keeps their password. */
export async function ensureUser(signIn: SignIn, person: { name: string; email: string; password: string }): Promise<string> {
  const existing = await userByEmail(anywhere(), person.email);
  if (existing) return existing.id;
  try {
    return (await signIn.api.signUpEmail({ body: { name: person.name, email: person.email, password: person.password } })).user.id;
  } catch (error) {
    // Two requests at once: the other one made it.
    const made = await userByEmail(anywhere(), person.email);
    if (!made) throw error;
    return made.id;
  }
}

import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeSample } from "../../db/sample/write-sample.ts";
import type { Config } from "../config.ts";
import { createWorkspace, deleteUsersWithoutMembership, firstWorkspace, listMembers, type SignIn } from "../features/access/index.ts";
import { anywhere, transaction } from "../platform/db/index.ts";
import { emptyWorkspace } from "./remove-workspace.ts";

/** What whoever started it should be told. */
export interface FirstStart {
  /** How to sign in to the sample company; null when there is none. */
  sample: { email: string; password: string } | null;
}

const OWNER = "ada@glaze.example";

/** The very first start makes a workspace: the sample company, or an empty one that asks for its owner. */
export async function makeFirstWorkspace(config: Config, signIn: SignIn): Promise<FirstStart> {
  await dropHalfMadeSample();
  const workspace = await firstWorkspace(anywhere());
  if (workspace) return { sample: workspace.sample ? await knownSample(config) : null };
  if (config.sample) return { sample: await makeSample(config, signIn) };
  await createWorkspace({ name: "My company", sample: false });
  return { sample: null };
}

/** Makes the sample company and answers how to sign in to it. */
export async function makeSample(config: Config, signIn: SignIn): Promise<NonNullable<FirstStart["sample"]>> {
  const password = randomBytes(9).toString("base64url");
  // First, for whoever is made with a password must be able to learn it, also when the process is killed in between.
  await writeFile(passwordFile(config), `${password}\n`, { mode: 0o600, flush: true });
  await writeSample(signIn, password);
  return { email: OWNER, password };
}

/** The sample's password is its own to this installation, and kept beside its data to be told again at each start. */
export async function knownSample(config: Config): Promise<FirstStart["sample"]> {
  const password = await readFile(passwordFile(config), "utf8").catch(() => null);
  return password === null ? null : { email: OWNER, password: password.trim() };
}

/** A start that was killed while it wrote the sample leaves its workspace without members: the rest is one transaction. */
async function dropHalfMadeSample(): Promise<void> {
  const workspace = await firstWorkspace(anywhere());
  if (!workspace?.sample) return;
  await transaction({ workspaceId: workspace.id }, async (tx) => {
    if ((await listMembers(tx)).length > 0) return;
    await emptyWorkspace(tx);
    await deleteUsersWithoutMembership(tx);
  });
}

function passwordFile(config: Config): string {
  return join(config.dataFolder, "sample-password");
}

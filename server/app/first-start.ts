import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeSample } from "../../db/sample/write-sample.ts";
import type { Config } from "../config.ts";
import { createWorkspace, firstWorkspace, type SignIn } from "../features/access/index.ts";
import { anywhere } from "../platform/db/index.ts";

/** What whoever started it should be told. */
export interface FirstStart {
  /** How to sign in to the sample company; null when there is none. */
  sample: { email: string; password: string } | null;
}

const OWNER = "ada@glaze.example";

/** The very first start makes a workspace: the sample company, or an empty one that asks for its owner. */
export async function makeFirstWorkspace(config: Config, signIn: SignIn): Promise<FirstStart> {
  const workspace = await firstWorkspace(anywhere());
  if (workspace) return { sample: workspace.sample ? await knownSample(config) : null };
  if (!config.sample) {
    await createWorkspace({ name: "My company", sample: false });
    return { sample: null };
  }
  const password = randomBytes(9).toString("base64url");
  await writeSample(signIn, password);
  await writeFile(passwordFile(config), `${password}\n`, { mode: 0o600 });
  return { sample: { email: OWNER, password } };
}

/** The sample's password is its own to this installation, and kept beside its data to be told again at each start. */
async function knownSample(config: Config): Promise<FirstStart["sample"]> {
  const password = await readFile(passwordFile(config), "utf8").catch(() => null);
  return password === null ? null : { email: OWNER, password: password.trim() };
}

function passwordFile(config: Config): string {
  return join(config.dataFolder, "sample-password");
}

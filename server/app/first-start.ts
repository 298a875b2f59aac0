import { createWorkspace, firstWorkspace, type SignIn } from "../features/access/index.ts";
import { anywhere } from "../platform/db/index.ts";
import type { Config } from "../config.ts";

/** What whoever started it should be told. */
export interface FirstStart {
  /** How to sign in to the sample company; null when there is none. */
  sample: { email: string; password: string } | null;
}

/** The very first start makes a workspace: the sample company, or an empty one that asks for its owner. */
export async function makeFirstWorkspace(_config: Config, _signIn: SignIn): Promise<FirstStart> {
  if (!(await firstWorkspace(anywhere()))) await createWorkspace({ name: "My company", sample: false });
  return { sample: null };
}

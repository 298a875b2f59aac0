import { knownSample, makeFirstWorkspace, makeSample } from "../app/first-start.ts";
import { assembleRooms } from "../app/rooms.ts";
import type { Config } from "../config.ts";
import { createSignIn, firstWorkspace, hasSample, type SignIn } from "../features/access/index.ts";
import { anywhere, pool } from "../platform/db/index.ts";
import { keyFor } from "../platform/secret.ts";
import { withDatabase } from "./with-database.ts";

/** Makes the sample company beside whatever is there, and says how to sign in to it. Made once, it is only said again. */
export async function sample(): Promise<number> {
  return withDatabase(async (config) => {
    assembleRooms(config);
    const signIn = createSignIn({
      pool: pool(),
      publicUrl: config.publicUrl,
      secret: keyFor("sign-in").toString("hex"),
      rateLimited: false,
    });
    const known = await ensureSample(config, signIn);
    console.log(
      known
        ? `Sign in at ${config.publicUrl} as ${known.email} with the password ${known.password}`
        : "The sample company is there; its password is no longer known here.",
    );
    return 0;
  });
}

async function ensureSample(config: Config, signIn: SignIn): ReturnType<typeof knownSample> {
  if (!(await firstWorkspace(anywhere()))) return (await makeFirstWorkspace({ ...config, sample: true }, signIn)).sample;
  return (await hasSample(anywhere())) ? knownSample(config) : makeSample(config, signIn);
}

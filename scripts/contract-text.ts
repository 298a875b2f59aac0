import pg from "pg";
import { createApp } from "../server/app/http.ts";
import { createSignIn } from "../server/features/access/index.ts";
import { LiveFeed } from "../server/features/interactions/index.ts";

/** The contract as its file holds it. Needs no database: nothing is asked of it. */
export async function contractText(): Promise<string> {
  const publicUrl = "http://localhost:3000";
  const signIn = createSignIn({ pool: new pg.Pool(), publicUrl, secret: "x".repeat(32), rateLimited: false });
  const app = await createApp({ publicUrl, adminKey: null, signIn, feed: new LiveFeed(), webFolder: null });
  await app.ready();
  const text = `${JSON.stringify(app.swagger(), null, 2)}\n`;
  await app.close();
  return text;
}

import { randomBytes } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import { createApp } from "../app/http.ts";
import {
  createKey,
  createSignIn,
  createWorkspace,
  PERMISSIONS,
  systemActor,
  type Permission,
  type SignIn,
} from "../features/access/index.ts";
import { LiveFeed } from "../features/interactions/index.ts";
import { pool } from "../platform/db/index.ts";
import type { RoomApp } from "../platform/http/index.ts";
import { PUBLIC_URL } from "./house.ts";

/** The doors of a house: its routes, with keys to knock with. */
export interface Doors {
  app: RoomApp;
  signIn: SignIn;
  feed: LiveFeed;
  rivalId: number;
  /** A key to everything of the house. */
  key: string;
  /** A key to everything of another company, Rival Rings. */
  rivalKey: string;
  ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, payload?: object, key?: string): Promise<LightMyRequestResponse>;
}

/** Opens the doors of a house from `testHouse`. Close `app` when done; start `feed` for the live feed. */
export async function openDoors(house: { workspaceId: number }, options: { rateLimited?: boolean } = {}): Promise<Doors> {
  const signIn = createSignIn({
    pool: pool(),
    publicUrl: PUBLIC_URL,
    secret: randomBytes(24).toString("base64url"),
    rateLimited: options.rateLimited ?? false,
  });
  const feed = new LiveFeed();
  const app = await createApp({ publicUrl: PUBLIC_URL, adminKey: null, signIn, feed, webFolder: null });
  await app.ready();
  const rivalId = (await createWorkspace({ name: "Rival Rings", sample: false })).id;
  const key = await keyOf(house.workspaceId);
  const rivalKey = await keyOf(rivalId);
  return {
    app,
    signIn,
    feed,
    rivalId,
    key,
    rivalKey,
    ask: async (method, path, payload, as = key) =>
      app.inject({ method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${as}` }, ...(payload ? { payload } : {}) }),
  };
}

export async function keyOf(workspaceId: number, scopes: readonly Permission[] = PERMISSIONS): Promise<string> {
  return (await createKey(systemActor(workspaceId), { name: "test", scopes: [...scopes] })).key;
}

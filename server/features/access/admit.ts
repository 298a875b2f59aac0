import type { FastifyRequest } from "fastify";
import { createHash, timingSafeEqual } from "node:crypto";
import { forbidden, unauthenticated } from "../../platform/errors.ts";
import { now } from "../../platform/clock.ts";
import { anywhere } from "../../platform/db/index.ts";
import { authorize, type Actor } from "./actor.ts";
import { actorOfKey } from "./keys.ts";
import { membershipsOf, firstWorkspace } from "./queries.ts";
import { PERMISSIONS, permissionsOf, type Permission } from "./permissions.ts";
import type { SignIn } from "./sign-in.ts";

/** What a route asks: a permission, any signed-in actor, or nothing at all. */
export type RoutePermission = Permission | "signed-in" | "public";

declare module "fastify" {
  interface FastifyContextConfig {
    permission?: RoutePermission;
  }
  interface FastifyRequest {
    actor: Actor | null;
    userId: string | null;
  }
}

export interface Doorkeeper {
  signIn: SignIn;
  /** The administrator's key from the configuration, or null. */
  adminKey: string | null;
  /** Requests that change something with a cookie must come from here. */
  publicUrl: string;
}

/** Finds out who asks and whether this route is for them. Runs before every route of the contract. */
export async function admit(keeper: Doorkeeper, request: FastifyRequest): Promise<void> {
  const permission = request.routeOptions.config.permission;
  if (permission === undefined) throw new Error(`${request.routeOptions.url} names no permission`);
  if (permission === "public") return;

  request.actor = await actorOf(keeper, request);
  if (request.actor === null) throw unauthenticated();
  if (permission !== "signed-in") authorize(request.actor, permission);
}

/** The actor that `admit` found. */
export function requireActor(request: FastifyRequest): Actor {
  if (request.actor === null) throw unauthenticated();
  return request.actor;
}

export async function actorOf(keeper: Doorkeeper, request: FastifyRequest): Promise<Actor | null> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return byKey(keeper, bearer);
  return byCookie(keeper, request);
}

async function byKey(keeper: Doorkeeper, secret: string): Promise<Actor | null> {
  const db = anywhere();
  if (keeper.adminKey !== null && sameSecret(secret, keeper.adminKey)) {
    const workspace = await firstWorkspace(db);
    if (!workspace) return null;
    return {
      workspaceId: workspace.id,
      kind: "key",
      id: null,
      memberId: null,
      name: "Administrator's key",
      permissions: new Set(PERMISSIONS),
    };
  }
  return actorOfKey(db, secret, now());
}

async function byCookie(keeper: Doorkeeper, request: FastifyRequest): Promise<Actor | null> {
  const cookie = request.headers.cookie;
  if (cookie === undefined) return null;
  const session = await keeper.signIn.api.getSession({ headers: new Headers({ cookie }) });
  if (!session) return null;
  if (changesSomething(request)) requireOwnPage(keeper, request);
  request.userId = session.user.id;
  return memberOf(session.user.id, request.headers["throughline-workspace"]);
}

async function memberOf(userId: string, wanted: string | string[] | undefined): Promise<Actor | null> {
  const memberships = await membershipsOf(anywhere(), userId);
  const member = memberships.find((each) => String(each.workspaceId) === wanted) ?? memberships[0];
  if (!member) return null;
  return {
    workspaceId: member.workspaceId,
    kind: "member",
    id: member.id,
    memberId: member.id,
    name: member.name,
    permissions: permissionsOf(member.role),
  };
}

function changesSomething(request: FastifyRequest): boolean {
  const isSocket = request.headers.upgrade?.toLowerCase() === "websocket";
  return isSocket || (request.method !== "GET" && request.method !== "HEAD");
}

/**
 * A cookie alone proves nothing about who made the page that sends it (cross-site request forgery).
 * @throws Problem 403
 */
export function requireOwnPage(keeper: Pick<Doorkeeper, "publicUrl">, request: FastifyRequest): void {
  // A browser says itself where a request comes from, and no page can make it say something else (W3C Fetch Metadata).
  if (request.headers["sec-fetch-site"] === "same-origin") return;
  const origin = request.headers.origin;
  const own = new Set([new URL(keeper.publicUrl).origin, `${request.protocol}://${request.host}`]);
  if (origin === undefined || !own.has(origin)) throw forbidden("This request does not come from Throughline's own pages.");
}

function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

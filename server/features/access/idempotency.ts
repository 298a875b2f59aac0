import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { conflict, Problem } from "../../platform/errors.ts";
import type { Actor } from "./actor.ts";

declare module "fastify" {
  interface FastifyRequest {
    idempotencyKey: string | null;
  }
  interface FastifyContextConfig {
    /** The answer holds a secret that is shown once: it is not kept to be given again. */
    answersSecret?: boolean;
    /** What it takes comes as a stream: the handler asks `isFirst` itself, once it has read it. */
    readsStream?: boolean;
  }
}

const LONGEST = 255;

/**
 * A POST with an Idempotency-Key is done once: the same request again, within a day, gets the first one's answer.
 * A request that failed on our side may be tried again. Must be registered after `admit`.
 */
export function keepAnswers(app: FastifyInstance): void {
  app.decorateRequest("idempotencyKey", null);
  app.addHook("preHandler", async (request, reply) => {
    if (request.method === "POST" && request.routeOptions.config.readsStream !== true) await isFirst(request, reply, request.body ?? null);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    if (request.idempotencyKey !== null && request.actor !== null)
      await keep(request.actor, request.idempotencyKey, answerToKeep(request, reply, payload));
    return payload;
  });
}

/** False when a request with this key and this content was done before; its answer has been sent again. @throws Problem 422 for other content */
export async function isFirst(request: FastifyRequest, reply: FastifyReply, content: unknown): Promise<boolean> {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || request.actor === null) return true;
  if (key.length > LONGEST) throw new Problem(400, "invalid", `An Idempotency-Key has at most ${LONGEST} characters.`);
  return claim(request, reply, { actor: request.actor, key, hash: hashOf(request, content) });
}

interface Claim {
  actor: Actor;
  key: string;
  hash: Buffer;
}

async function claim(request: FastifyRequest, reply: FastifyReply, { actor, key, hash }: Claim): Promise<boolean> {
  const { rows: claimed } = await sql`
    insert into idempotency_keys (workspace_id, key, request_hash) values (${actor.workspaceId}, ${key}, ${hash})
    on conflict (workspace_id, key) do update set created_at = now(), request_hash = excluded.request_hash, status = null, body = null
      where idempotency_keys.created_at < now() - case when idempotency_keys.status is null then interval '2 minutes' else interval '1 day' end
    returning key`.execute(anywhere().db);
  if (claimed.length > 0) {
    request.idempotencyKey = key;
    return true;
  }
  await answerAgain(reply, { actor, key, hash });
  return false;
}

async function answerAgain(reply: FastifyReply, { actor, key, hash }: Claim): Promise<void> {
  const { rows } = await sql<{ request_hash: Buffer; status: number | null; body: unknown }>`
    select request_hash, status, body from idempotency_keys where workspace_id = ${actor.workspaceId} and key = ${key}`.execute(
    anywhere().db,
  );
  const [kept] = rows;
  if (!kept || kept.status === null) throw conflict("The same request is being worked on; ask again in a moment.");
  if (!kept.request_hash.equals(hash)) throw new Problem(422, "key-reused", "This Idempotency-Key was used for another request.");
  await reply
    .code(kept.status)
    .header("idempotent-replay", "true")
    .header("content-type", "application/json")
    .serializer(JSON.stringify)
    .send(kept.body);
}

interface Answer {
  status: number;
  payload: unknown;
}

function answerToKeep(request: FastifyRequest, reply: FastifyReply, payload: unknown): Answer {
  if (request.routeOptions.config.answersSecret !== true || reply.statusCode >= 400) return { status: reply.statusCode, payload };
  const detail = "This was done already, and its answer holds a secret that is shown once.";
  return {
    status: 409,
    payload: JSON.stringify({ type: "about:blank#done-already", title: "In conflict", status: 409, code: "done-already", detail }),
  };
}

async function keep(actor: Actor, key: string, { status, payload }: Answer): Promise<void> {
  if (status >= 500 || status === 401 || status === 403 || typeof payload !== "string") {
    await sql`delete from idempotency_keys where workspace_id = ${actor.workspaceId} and key = ${key} and status is null`.execute(
      anywhere().db,
    );
    return;
  }
  await sql`update idempotency_keys set status = ${status}, body = ${payload === "" ? "null" : payload}::jsonb
    where workspace_id = ${actor.workspaceId} and key = ${key}`.execute(anywhere().db);
}

/** Old answers are of no use; a recurring job of server/app sweeps them. */
export async function sweepAnswers(): Promise<void> {
  await sql`delete from idempotency_keys where created_at < now() - interval '1 day'`.execute(anywhere().db);
}

function hashOf(request: FastifyRequest, content: unknown): Buffer {
  return createHash("sha256").update(`${request.method} ${request.url}\n`).update(JSON.stringify(content)).digest();
}

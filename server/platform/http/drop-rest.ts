import type { FastifyReply, FastifyRequest } from "fastify";

/** Bytes that are read for nothing, so that a client which sends to the end before it listens hears our answer. */
const MOST = 256 * 1024 * 1024;

/**
 * Reads on what a client still sends after its answer is known, and drops it. Were the connection closed with bytes
 * unread, the answer would be lost with them (RFC 9112, 9.6). Beyond a limit it is closed all the same.
 */
export function dropRest({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete) return;
  void reply.removeHeader("connection");
  let left = MOST;
  raw.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) raw.destroy();
  });
  raw.resume();
}

import assert from "node:assert/strict";
import Fastify from "fastify";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { refuseSlowBodies } from "./slow-bodies.ts";

const app = Fastify({ forceCloseConnections: true });
let port = 0;

before(async () => {
  refuseSlowBodies(app, 100);
  app.post("/short", async () => "taken");
  app.post("/upload", { config: { permission: "public", takesLong: true } }, async () => "taken");
  port = Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port);
});
after(() => app.close());

test("a body that dribbles in holds its connection no longer than it may; an upload goes on", async () => {
  assert.equal(await dribble("/short"), "");
  assert.match(await dribble("/upload"), /^HTTP\/1.1 200[^]*taken$/);
});

/** Sends half of a body, and the other half when it is late; answers what it heard. */
async function dribble(path: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  socket.on("data", (chunk) => (heard += chunk.toString())).on("error", () => undefined);
  const closed = once(socket, "close");
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: 8\r\n\r\nhalf`);
  await sleep(300);
  socket.write("half");
  await closed;
  return heard;
}

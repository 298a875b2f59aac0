import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { openDoors, type Doors } from "../testing/doors.ts";
import { testHouse } from "../testing/house.ts";

let doors: Doors;
let port = 0;
let hook = "";
before(async () => {
  doors = await openDoors(await testHouse());
  port = Number(new URL(await doors.app.listen({ port: 0, host: "127.0.0.1" })).port);
  hook = new URL((await doors.ask("POST", "/order-sources", { name: "Glaze web shop", secret: "a-shop-secret" })).json().url).pathname;
});
after(() => doors.app.close());

const MB = 1024 * 1024;

for (const framing of ["length", "chunks"] as const) {
  test(`a body of 100 MB, sent by ${framing} to the end before anything is read, is answered 413 every time`, async () => {
    for (const path of ["/api/v1/orders", hook, "/api/v1/attachments", "/api/v1/orders", hook]) {
      const answer = await sendAll(path, framing, 100);
      assert.match(answer, /^HTTP\/1\.1 413 /, path);
      assert.match(answer, /content-type: application\/problem\+json/i);
      assert.match(answer, /"status":413/);
    }
  });
}

test("events and webhooks of 100 MB are answered too, as their senders expect it", async () => {
  const { url } = (await doors.ask("POST", "/hooks", { name: "Tickets", mapping: "{}" })).json();
  for (const framing of ["length", "chunks"] as const) {
    assert.match(await sendAll("/v1/batch", framing, 100), /^HTTP\/1\.1 400 [^]*A request has at most 500 KB/);
    assert.match(await sendAll(new URL(url).pathname, framing, 100), /^HTTP\/1\.1 413 /);
  }
});

test("a body that goes on and on is cut off after 256 MB", async () => {
  await assert.rejects(sendAll("/api/v1/orders", "length", 400), { code: /EPIPE|ECONNRESET/ });
});

/** As a plain client does it: writes all of the body, then reads; answers what it reads. */
async function sendAll(path: string, framing: "length" | "chunks", megabytes: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.pause();
  const size = framing === "length" ? `content-length: ${megabytes * MB}` : "transfer-encoding: chunked";
  const type = path.endsWith("attachments") ? "multipart/form-data; boundary=b" : "application/json";
  await write(
    socket,
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${doors.key}\r\ncontent-type: ${type}\r\n${size}\r\n\r\n`,
  );
  const start = type.startsWith("multipart") ? '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n' : '"';
  const end = type.startsWith("multipart") ? "\r\n--b--\r\n" : '"';
  for (let sent = 0; sent < megabytes; sent += 1) {
    const part = Buffer.alloc(MB, "a");
    if (sent === 0) part.write(start);
    if (sent === megabytes - 1) part.write(end, MB - end.length);
    if (framing === "chunks") await write(socket, `${MB.toString(16)}\r\n`);
    await write(socket, part);
    if (framing === "chunks") await write(socket, "\r\n");
  }
  if (framing === "chunks") await write(socket, "0\r\n\r\n");
  return hear(socket);
}

async function write(socket: Socket, bytes: Buffer | string): Promise<void> {
  if (!socket.write(bytes)) await once(socket, "drain");
}

async function hear(socket: Socket): Promise<string> {
  let heard = "";
  for await (const chunk of socket) {
    heard += String(chunk);
    if (heard.includes("\r\n\r\n") && heard.trimEnd().endsWith("}")) break;
  }
  return heard;
}

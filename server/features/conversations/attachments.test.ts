import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { LightMyRequestResponse } from "fastify";
import { pool, transaction } from "../../platform/db/index.ts";
import { putFile } from "../../platform/files/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testFiles } from "../../testing/files.ts";
import { testHouse, writes, type House } from "../../testing/house.ts";
import { requireCustomer } from "../customers/index.ts";
import { receiveMessage } from "./index.ts";

let house: House;
let doors: Doors;
let folder: string;
before(async () => {
  house = await testHouse();
  folder = testFiles();
  doors = await openDoors(house);
});
after(() => doors.app.close());

test("Ada sends a photo with her answer: it is uploaded once, and comes back as it was", async () => {
  const photo = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 254, 13, 10]);
  const { conversationId } = await writes(house, "photo@fjord.example", "Which box was it?");
  const file = (await upload("box.png", "image/png", photo)).json();
  const path = `/conversations/${publicId("con", conversationId)}/messages`;
  const reply = (await doors.ask("POST", path, { kind: "reply", text: "This one.", attachments: [file.id] })).json();
  assert.deepEqual(reply.attachments, [file]);
  const served = await doors.app.inject({ url: file.url, headers: { authorization: `Bearer ${doors.key}` } });
  assert.equal(served.headers["content-type"], "image/png");
  assert.deepEqual(served.rawPayload, photo);
  const again = (await doors.ask("POST", path, { kind: "reply", text: "And again.", attachments: [file.id] })).json();
  assert.deepEqual(again.attachments, [], "an upload belongs to one message");
});

for (const type of [
  "text/html",
  "image/svg+xml",
  "application/xhtml+xml",
  "text/xml",
  "application/javascript",
  "text/html; charset=utf-8",
  "image/png, text/html",
]) {
  test(`a file that calls itself ${type} is only ever downloaded, never shown`, async () => {
    const url = await received("invoice.html", type, "<script>alert(1)</script>");
    const { headers } = await doors.app.inject({ url, headers: { authorization: `Bearer ${doors.key}` } });
    assert.equal(headers["content-type"], "application/octet-stream");
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.match(String(headers["content-disposition"]), /^attachment;/);
    assert.match(String(headers["content-security-policy"]), /default-src 'none'; sandbox/);
  });
}

test("a name with line ends, quotes and slashes cannot break out of its header", async () => {
  const file = (await upload('a"\r\nset-cookie: x=1; ../b.png', "image/png", Buffer.from("x"))).json();
  const { headers } = await doors.app.inject({ url: file.url, headers: { authorization: `Bearer ${doors.key}` } });
  assert.equal(headers["set-cookie"], undefined);
  assert.match(String(headers["content-disposition"]), /^attachment; filename\*=UTF-8''[\w.%!'()*~-]+$/);
});

test("another company's key, and no key, do not open a file", async () => {
  const url = await received("letter.txt", "text/plain", "Dear Ada");
  assert.equal((await doors.app.inject({ url, headers: { authorization: `Bearer ${doors.rivalKey}` } })).statusCode, 404);
  assert.equal((await doors.app.inject({ url })).statusCode, 401);
});

test("a file beyond 20 MB is refused with 413, and leaves neither row nor bytes", async () => {
  const before = await counts();
  const answer = await upload("video.mp4", "video/mp4", Buffer.alloc(20 * 1024 * 1024 + 1, 7));
  assert.equal(answer.statusCode, 413, answer.body);
  assert.deepEqual(await counts(), before);
});

test("an upload without a file is refused with a sentence", async () => {
  assert.equal((await doors.ask("POST", "/attachments", {})).statusCode, 400);
});

test("a form that breaks off, has no boundary or is none is refused with a sentence, and leaves neither row nor bytes", async () => {
  const before = await counts();
  const head = '--between\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n';
  const bodies = [`${head}\r\nhalf a fi`, head, "--between\r\n", "", "no form at all", `${head}\r\nwhole\r\n--between`];
  const forms = [
    ...bodies.map((payload) => ["; boundary=between", payload] as const),
    ["", `${head}\r\nwhole\r\n--between--\r\n`] as const,
  ];
  for (const [boundary, payload] of forms) {
    const answer = await doors.app.inject({
      method: "POST",
      url: "/api/v1/attachments",
      headers: { authorization: `Bearer ${doors.key}`, "content-type": `multipart/form-data${boundary}` },
      payload,
    });
    assert.equal(answer.statusCode, 400, `${boundary} ${payload}: ${answer.body}`);
    assert.match(answer.json().detail, /one file as multipart/);
  }
  assert.deepEqual(await counts(), before);
});

async function upload(name: string, type: string, bytes: Buffer): Promise<LightMyRequestResponse> {
  const boundary = "between";
  const quoted = name.replaceAll('"', "%22").replaceAll("\r\n", "%0D%0A");
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${quoted}"\r\ncontent-type: ${type}\r\n\r\n`;
  return doors.app.inject({
    method: "POST",
    url: "/api/v1/attachments",
    headers: { authorization: `Bearer ${doors.key}`, "content-type": `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}

/** A customer's file, under the type and name that their mail gave it; answers where it is served. */
async function received(name: string, type: string, content: string): Promise<string> {
  const { conversationId, customerId } = await writes(house, "files@fjord.example", "See the file.");
  const stored = await putFile(Buffer.from(content));
  const { message } = await transaction(house, async (tx) =>
    receiveMessage(tx, {
      channel: "email",
      customer: await requireCustomer(tx, customerId),
      conversationId,
      mailAddressId: null,
      subject: "",
      text: "See the file.",
      wholeText: null,
      html: null,
      hasRemoteImages: false,
      authentication: null,
      isAutomatic: false,
      files: [{ ...stored, name, type, contentId: null }],
      at: tx.now,
    }),
  );
  const { items } = (await doors.ask("GET", `/conversations/${publicId("con", conversationId)}/messages`)).json();
  return items.find((each: { id: string }) => each.id === publicId("msg", message.id)).attachments[0].url;
}

async function counts(): Promise<object> {
  const { rows } = await pool().query<{ count: number }>("SELECT count(*) FROM attachments");
  const files = readdirSync(join(folder, "files"), { recursive: true });
  return { rows: rows[0]?.count, files: files.length };
}

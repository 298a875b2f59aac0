import assert from "node:assert/strict";
import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { test } from "node:test";
import { encodingOf, normalise, START } from "./encoding.ts";

const text = "name,town\nÅse,Tromsø\n";
const utf16 = (big: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return big ? bytes.swap16() : bytes;
};

async function normalised(bytes: Buffer, size: number): Promise<string> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
  const { content } = await normalise(Readable.from(chunks));
  return Buffer.concat(await Array.fromAsync(content))
    .subarray(START)
    .toString();
}

test("UTF-8 with and without a mark, UTF-16 of both orders and old Windows files all become the same UTF-8", async () => {
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    utf16(false),
    utf16(true),
    utf16(false).subarray(2),
    Buffer.from(text, "latin1"),
  ])
    for (const size of [1, 3, 1000]) assert.equal(await normalised(bytes, size), text);
});

test("a character that the first piece cuts in two does not make UTF-8 something else", () => {
  assert.equal(encodingOf(Buffer.from("aé").subarray(0, 2), false), "utf-8");
});

test("a name from an old Windows program keeps its letters at the very end, deep in a long file, and beside UTF-8", async () => {
  const plain = "anders@holm.example,Anders Holm\n".repeat(5_000);
  for (const written of [
    [Buffer.from("email,name\nrenee@example.org,Ren"), Buffer.from("ée\n", "latin1")],
    [Buffer.from("email,name\nrenee@example.org,Ren"), Buffer.from("é", "latin1")],
    [Buffer.from(plain), Buffer.from("jorg@example.org,Jörg Müller\n", "latin1"), Buffer.from("Åse\n")],
    [Buffer.from("x".repeat(200_000)), Buffer.from("é")],
  ]) {
    const wanted = written.map((each) => (isUtf8(each) ? each.toString() : each.toString("latin1"))).join("");
    for (const size of [7, 65_536, 1_000_000]) assert.equal(await normalised(Buffer.concat(written), size), wanted);
  }
});

test("two uploads of the same bytes are kept under different names, so that one can be removed alone", async () => {
  const [one, other] = await Promise.all(
    [1, 2].map(async () => Array.fromAsync((await normalise(Readable.from([Buffer.from(text)]))).content)),
  );
  assert.notDeepEqual(one?.[0], other?.[0]);
});

test("an Excel file is refused with what to do instead", async () => {
  await assert.rejects(normalise(Readable.from([Buffer.from("PK\u0003\u0004rest")])), { status: 400, message: /Save the table as CSV/ });
});

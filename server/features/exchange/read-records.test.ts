import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { readRecords, type FileRecord, type Shape } from "./read-records.ts";
import { csvLine } from "./write-rows.ts";

async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function recordsOf(
  text: string,
  shape: Shape,
  options: { size?: number; from?: { position: number; line: number } } = {},
): Promise<FileRecord[]> {
  const from = options.from ?? { position: 0, line: 1 };
  const rest = Buffer.from(text).subarray(from.position).toString();
  return Array.fromAsync(readRecords(pieces(rest, options.size ?? 7), from, shape));
}

const csv = (width: number): Shape => ({ format: "csv", delimiter: ",", width });
const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "\n", "\r\n", " ", "'", "=", "😀"), maxLength: 6 });

test("any table that we write is read back by csv-parse and by us alike, in whatever pieces it arrives", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 6 }), fc.integer({ min: 1, max: 20 }), async (rows, size) => {
      const kept = rows.map((row) => [`x${row[0]}`, row[1], row[2]]);
      const text = kept.map((row) => csvLine(row)).join("");
      const read = (await recordsOf(text, csv(3), { size })).map((each) => each.value);
      assert.deepEqual(read, parse(text, { relax_quotes: true }));
    }),
    { numRuns: 300 },
  );
});

test("reading on from any record's end finds the same records that follow", async () => {
  const text = 'a,"b\n""c""",d\n,,\nx,y,z\r\n1,"2",3';
  const all = await recordsOf(text, csv(3));
  assert.deepEqual(
    all.map(({ line, value }) => [line, value]),
    [
      [1, ["a", 'b\n"c"', "d"]],
      [4, ["x", "y", "z"]],
      [5, ["1", "2", "3"]],
    ],
  );
  for (const [index, { next }] of all.entries()) assert.deepEqual(await recordsOf(text, csv(3), { from: next }), all.slice(index + 1));
});

test("a quote that is never closed costs the line it stands in, not those after it", async () => {
  const text = 'a,b\n"open,c\nd,e\nf,"g"\n';
  const read = await recordsOf(text, csv(2));
  assert.deepEqual(
    read.map(({ line, value }) => [line, value]),
    [
      [1, ["a", "b"]],
      [2, null],
      [3, ["d", "e"]],
      [4, ["f", "g"]],
    ],
  );
  assert.match(read[1]?.reason ?? "", /never closed/);
});

test("the last line may lack its end, and a quote open at the end of the file is refused", async () => {
  const read = await recordsOf('a,b\nc,"d', csv(2));
  assert.deepEqual(
    read.map(({ value, reason }) => [value, reason === null]),
    [
      [["a", "b"], true],
      [null, false],
    ],
  );
});

test("a line with too few or too many fields is refused with both numbers", async () => {
  const [few, many] = await recordsOf("a\nb,c,d\n", csv(2));
  assert.equal(few?.reason, "It has 1 field, and the heading has 2.");
  assert.equal(many?.reason, "It has 3 fields, and the heading has 2.");
});

test("a line of more than a megabyte is refused in pieces of memory, and the next is read", { timeout: 20_000 }, async () => {
  const long = `${"x".repeat(3 * 1024 * 1024)},b\nc,d\n`;
  const read = await recordsOf(long, csv(2), { size: 64 * 1024 });
  assert.deepEqual(
    read.map(({ line, value, reason, next }) => [line, value, reason, next.line]),
    [
      [1, null, "The line is longer than 1 MB.", 2],
      [2, ["c", "d"], null, 3],
    ],
  );
  assert.equal(read.at(-1)?.next.position, long.length);
  assert.equal((await recordsOf("x".repeat(2_000_000), csv(1), { size: 64 * 1024 })).length, 1);
  assert.ok(read.every(({ text }) => text.length <= 2000));
});

test("NDJSON: each line an object; what is none is refused by its line", async () => {
  const read = await recordsOf('{"a":1}\n\n[2]\n{"__proto__":3}\nno\n{"b":4}', { format: "ndjson", delimiter: null, width: 0 });
  assert.deepEqual(
    read.map(({ line, reason }) => [line, reason]),
    [
      [1, null],
      [3, "It is not a JSON object."],
      [4, null],
      [5, "It is not JSON."],
      [6, null],
    ],
  );
});

const JSONB = 3802;
const HEAD = 20;

/**
 * JSON texts as a jsonb[] in Postgres' binary form, for `unnest`: nothing has to be escaped here nor read letter by
 * letter there. Each text must be storable (`storableJson`).
 */
export function jsonbArray(texts: readonly string[]): Buffer {
  if (texts.length === 0) return headOf(0);
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length + 5, HEAD));
  headOf(texts.length).copy(bytes);
  let at = HEAD;
  for (let index = 0; index < texts.length; index += 1) {
    const length = lengths[index] ?? 0;
    at = bytes.writeInt32BE(length + 1, at);
    at = bytes.writeUInt8(1, at);
    at += bytes.write(texts[index] ?? "", at);
  }
  return bytes;
}

/** Dimensions, a flag for nulls, the type of the elements; then how many there are, counted from 1. */
function headOf(count: number): Buffer {
  const head = Buffer.alloc(count === 0 ? 12 : HEAD);
  head.writeInt32BE(count === 0 ? 0 : 1, 0);
  head.writeInt32BE(JSONB, 8);
  if (count > 0) {
    head.writeInt32BE(count, 12);
    head.writeInt32BE(1, 16);
  }
  return head;
}

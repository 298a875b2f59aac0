import { hash } from "node:crypto";

/**
 * The stored form of a source key, as a UUID: 6 bytes of the source's own time in milliseconds, then 10 bytes of
 * SHA-256 over source and key. Keys arrive nearly in order of time, so their index stays warm at any size.
 */
export function sourceKeyOf(source: string, key: string, occurredAt: Date): string {
  const bytes = Buffer.alloc(16);
  const time = Math.min(Math.max(occurredAt.getTime(), 0), 2 ** 48 - 1);
  bytes.writeUIntBE(time, 0, 6);
  hash("sha256", `${source}\0${key}`, "buffer").copy(bytes, 6, 0, 10);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

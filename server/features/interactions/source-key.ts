import { hash } from "node:crypto";

/**
 * The stored form of a source key, as a UUID: 6 bytes of the source's own time in milliseconds, then 10 bytes of
 * SHA-256 over source and key. Keys arrive nearly in order of time, so their index stays warm at any size.
 */
export function sourceKeyOf(source: string, key: string, occurredAt: Date): string {
  const time = Math.min(Math.max(occurredAt.getTime(), 0), 2 ** 48 - 1);
  const head = time.toString(16).padStart(12, "0");
  const tail = hash("sha256", `${source}\0${key}`, "hex");
  return `${head.slice(0, 8)}-${head.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8, 20)}`;
}

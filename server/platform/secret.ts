import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The installation's one secret: 32 random bytes in the data folder, made at the first start, readable by its owner
 * only. Every key that we need is derived from it by HKDF (RFC 5869), so a copy of the database alone opens nothing.
 */
let secret: Buffer | null = null;

export function useSecret(dataFolder: string): void {
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, "secret");
  try {
    writeFileSync(path, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  secret = Buffer.from(readFileSync(path, "utf8").trim(), "hex");
  if (secret.length !== 32) throw new Error(`${path} does not hold a secret of 32 bytes; restore it from a backup.`);
}

/** A key of 32 bytes for one purpose, the same at every start. */
export function keyFor(purpose: string): Buffer {
  if (secret === null) throw new Error("useSecret was not called before the first key");
  return Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), `throughline:${purpose}`, 32));
}

/** AES-256-GCM: nonce, tag, text, in base64url. For passwords of other servers, which we must be able to say again. */
export function seal(text: string, purpose: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** @throws Error when the text was sealed under another secret or has been changed. */
export function unseal(sealed: string, purpose: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

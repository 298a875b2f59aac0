import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { invalid } from "../../platform/errors.ts";

export const LARGEST_REQUEST = 500 * 1024;

const unpack = promisify(gunzip);

/**
 * What a request says, its gzip undone. The JSON may come under any content type: browsers that say goodbye send it
 * as text.
 * @throws Problem 400 when it is larger than 500 KB unpacked, or not JSON
 */
export async function readBody(body: unknown, encoding: string | undefined): Promise<unknown> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const plain = isGzip(bytes, encoding) ? await unpacked(bytes) : bytes;
  if (plain.length > LARGEST_REQUEST) throw tooLarge();
  try {
    return JSON.parse(plain.toString("utf8"));
  } catch {
    throw invalid("The body is not JSON.");
  }
}

export function tooLarge(): Error {
  return invalid("A request has at most 500 KB, unpacked. Send it in parts.");
}

/** Some clients pack without saying so; JSON never begins with these two bytes. */
function isGzip(bytes: Buffer, encoding: string | undefined): boolean {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b) || encoding?.toLowerCase() === "gzip";
}

async function unpacked(bytes: Buffer): Promise<Buffer> {
  try {
    return await unpack(bytes, { maxOutputLength: LARGEST_REQUEST + 1 });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw invalid("The body is not whole gzip.");
  }
}

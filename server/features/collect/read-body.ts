import { promisify } from "node:util";
import { constants, gunzip } from "node:zlib";
import { parseJson } from "./json.ts";
import { shownText, type Received } from "./receive.ts";

export const LARGEST_REQUEST = 500 * 1024;

/** What a request says; or why that cannot be read, and how it begins. */
export type RequestBody = { outcome: "read"; body: unknown } | { outcome: "refused"; reason: string; shown: string };

const unpack = promisify(gunzip);
const TOO_LARGE = "A request has at most 500 KB, unpacked. Send it in parts.";

/**
 * What a request says, its gzip undone. The JSON may come under any content type: browsers that say goodbye send it
 * as text. Refused: what is larger than 500 KB unpacked, or not JSON.
 */
export async function readBody({ bytes, isWhole }: Received, encoding: string | undefined): Promise<RequestBody> {
  const isPacked = isGzip(bytes, encoding);
  const refuse = async (reason: string): Promise<RequestBody> => {
    return { outcome: "refused", reason, shown: shownText(isPacked ? await beginningOf(bytes) : bytes.toString("utf8")) };
  };
  if (!isWhole) return refuse(TOO_LARGE);
  const plain = isPacked ? await unpacked(bytes) : bytes;
  if (plain === null) return refuse("The body is not whole gzip.");
  if (plain.length > LARGEST_REQUEST) return refuse(TOO_LARGE);
  try {
    return { outcome: "read", body: parseJson(plain) };
  } catch {
    return refuse("The body is not JSON.");
  }
}

/** Some clients pack without saying so; JSON never begins with these two bytes. */
function isGzip(bytes: Buffer, encoding: string | undefined): boolean {
  return hasMark(bytes) || encoding?.toLowerCase() === "gzip";
}

function hasMark(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Null: it is broken. Of what is too large, as much as shows that it is. */
async function unpacked(bytes: Buffer): Promise<Buffer | null> {
  try {
    return await unpack(bytes, { maxOutputLength: LARGEST_REQUEST + 1 });
  } catch (error) {
    return error instanceof RangeError ? Buffer.alloc(LARGEST_REQUEST + 1) : null;
  }
}

/** As much is looked at of what cannot be unpacked as a whole: it unpacks to 4 MB at most. */
const LOOKED_AT = 4_000;

/** How it begins, however it goes on. What is no gzip is shown as it came. */
async function beginningOf(bytes: Buffer): Promise<string> {
  if (!hasMark(bytes)) return bytes.toString("utf8", 0, LOOKED_AT);
  return unpack(bytes.subarray(0, LOOKED_AT), { finishFlush: constants.Z_SYNC_FLUSH }).then(
    (plain) => plain.toString("utf8", 0, LOOKED_AT),
    () => "",
  );
}

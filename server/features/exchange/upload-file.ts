import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { putFile, removeFile, type StoredFile } from "../../platform/files/index.ts";
import { publicId } from "../../platform/ids.ts";
import { normalise, START, type Encoding } from "./encoding.ts";
import type { ThingName } from "./fields.ts";
import { guessOf } from "./guess.ts";
import { inspect, type Inspected } from "./inspect.ts";
import { insertImport, type Import } from "./queries.ts";

/** A file as it was kept, and what its beginning tells of it. */
export interface KeptFile extends StoredFile {
  encoding: Encoding;
  inspected: Inspected;
  /** SHA-256 of its text, whatever line of its own it was kept with. */
  contentHash: string;
}

/** Keeps what is uploaded, as it streams in. @throws Problem 400 for what is no table, 507 when the disk is full */
export async function keepFile(upload: Readable): Promise<KeptFile> {
  const { encoding, head, content } = await normalise(upload);
  const contentHash = createHash("sha256");
  const stored = await putFile(Readable.from(hashed(content, contentHash)));
  try {
    const inspected = await inspect(head, stored.size - START <= head.length);
    return { ...stored, encoding, inspected, contentHash: contentHash.digest("hex") };
  } catch (error) {
    await removeFile(stored.digest);
    throw error;
  }
}

async function* hashed(content: AsyncGenerator<Buffer>, into: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of content) {
    if (!isFirst) into.update(chunk);
    isFirst = false;
    yield chunk;
  }
}

/** Makes an import of a kept file, with a guess at which column is what. Nothing of it is taken in yet. */
export async function addImport(actor: Actor, file: KeptFile, given: { thing: ThingName; name: string }): Promise<Import> {
  authorize(actor, "workspace:write");
  const { shape, sample, first } = file.inspected;
  const { columns, mapping } = guessOf(given.thing, file.inspected);
  return transaction(actor, async (tx) => {
    const added = await insertImport(tx, {
      ...{ thing: given.thing, name: cleanName(given.name), digest: file.digest, size: file.size, encoding: file.encoding },
      contentHash: file.contentHash,
      ...{ format: shape.format, delimiter: shape.delimiter, columns, sample, ...first },
      mapping,
      createdBy: actor.name,
    });
    await audit(tx, actor, {
      action: "exchange.upload",
      subject: publicId("imp", added.id),
      after: { thing: given.thing, name: added.name },
    });
    return added;
  });
}

function cleanName(name: string): string {
  return name.replace(/[\p{Cc}/\\]/gu, "_").slice(0, 200) || "file";
}

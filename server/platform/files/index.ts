import { createHash, randomUUID } from "node:crypto";
import { createReadStream, type ReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { notFound, Problem } from "../errors.ts";

/**
 * Files by their content: the name of a file is the SHA-256 of its bytes, so the same bytes are kept once and
 * never change. What `putFile` has answered for is on the disk: written, synced, and named in a synced folder.
 */
let root: string | null = null;

export function useFiles(folder: string): void {
  root = folder;
}

export interface StoredFile {
  digest: string;
  size: number;
}

/** @throws Problem 507 `disk-full` when there is no room; nothing half-written stays behind. */
export async function putFile(content: Buffer | Readable): Promise<StoredFile> {
  const arriving = join(folder(), "arriving", randomUUID());
  try {
    await mkdir(dirname(arriving), { recursive: true });
    return await write(arriving, content);
  } catch (error) {
    await rm(arriving, { force: true });
    throw isDiskFull(error) ? new Problem(507, "disk-full", "The disk is full; free some space and try again.", { cause: error }) : error;
  }
}

export async function getFile(digest: string): Promise<Buffer> {
  try {
    return await readFile(pathOf(digest));
  } catch (error) {
    if (isMissing(error)) throw notFound("file");
    throw error;
  }
}

/** @param span from and up to which byte, both inclusive; default all */
export function openFile(digest: string, span: { start?: number; end?: number } = {}): ReadStream {
  return createReadStream(pathOf(digest), span);
}

export async function hasFile(digest: string): Promise<boolean> {
  return stat(pathOf(digest)).then(
    () => true,
    () => false,
  );
}

export async function removeFile(digest: string): Promise<void> {
  await rm(pathOf(digest), { force: true });
}

/** Adds a line to a file beside the others, synced before it returns. For the few records that must outlive a database. */
export async function appendLine(name: string, line: string): Promise<void> {
  await mkdir(folder(), { recursive: true });
  const handle = await open(join(folder(), name), "a", 0o600);
  try {
    await handle.writeFile(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(folder());
}

export async function readLines(name: string): Promise<string[]> {
  try {
    return (await readFile(join(folder(), name), "utf8")).split("\n").filter((line) => line !== "");
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Named first and synced then: one commit of the file system holds the bytes and the name, and the folder's sync finds nothing left to do. */
async function write(arriving: string, content: Buffer | Readable): Promise<StoredFile> {
  const handle = await open(arriving, "wx", 0o600);
  try {
    const stored = await fill(handle, content);
    const path = pathOf(stored.digest);
    if (await isKept(path, stored.digest)) {
      await rm(arriving);
      return stored;
    }
    await mkdir(dirname(path), { recursive: true });
    await rename(arriving, path);
    await handle.sync();
    await syncFolder(dirname(path));
    return stored;
  } finally {
    await handle.close();
  }
}

async function fill(handle: FileHandle, content: Buffer | Readable): Promise<StoredFile> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of chunksOf(content)) {
    hash.update(chunk);
    size += chunk.length;
    await handle.writeFile(chunk);
  }
  return { digest: hash.digest("hex"), size };
}

/** The same bytes are not written over: what was acknowledged before must not hang on this write. */
async function isKept(path: string, digest: string): Promise<boolean> {
  const handle = await open(path, "r").catch(() => null);
  if (handle === null) return false;
  try {
    const hash = createHash("sha256");
    for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk);
    if (hash.digest("hex") !== digest) return false;
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}

async function* chunksOf(content: Buffer | Readable): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(content)) {
    yield content;
    return;
  }
  for await (const chunk of content) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}

async function syncFolder(path: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, "r");
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

function pathOf(digest: string): string {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw notFound("file");
  return join(folder(), digest.slice(0, 2), digest);
}

function folder(): string {
  if (root === null) throw new Error("useFiles was not called before the first file");
  return root;
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

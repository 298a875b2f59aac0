import { open, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";

/**
 * A file that holds nothing but room. When the disk is full, Postgres and Throughline may need some to come up again
 * and to let an operator clear up: deleting the reserve gives it, and a later start makes it anew.
 */
export const reserveSize = 64 * 1024 * 1024;
const roomWanted = 4 * reserveSize;

export function reservePath(folder: string): string {
  return join(folder, "reserve");
}

/** Makes the reserve in `folder` when it is missing and there is ample room. Answers whether it is there. */
export async function keepReserve(folder: string): Promise<boolean> {
  if (await hasReserve(folder)) return true;
  if ((await freeRoom(folder)) < roomWanted) return false;
  const making = `${reservePath(folder)}.new`;
  try {
    await fill(making);
    await rename(making, reservePath(folder));
    return true;
  } catch {
    await rm(making, { force: true });
    return false;
  }
}

export async function hasReserve(folder: string): Promise<boolean> {
  return stat(reservePath(folder)).then(
    ({ size }) => size >= reserveSize,
    () => false,
  );
}

/** Bytes that this user may still write where `folder` lies. */
export async function freeRoom(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Real bytes: a file with holes would reserve nothing. */
async function fill(path: string): Promise<void> {
  const handle = await open(path, "w", 0o600);
  try {
    const block = Buffer.alloc(1024 * 1024, 1);
    for (let written = 0; written < reserveSize; written += block.length) await handle.write(block);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

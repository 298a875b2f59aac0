import { createHmac, randomUUID } from "node:crypto";
import { appendLine, readLines } from "../../platform/files/index.ts";
import { keyFor } from "../../platform/secret.ts";

/** One erasure, by hashes only: enough to find the same person again in a restored database, and to read nothing from. */
export interface Line {
  id: string;
  workspaceId: number;
  /** HMAC-SHA-256 of each identity, and of each customer's number here, under a key of this installation. */
  hashes: string[];
  erasedAt: string;
}

const FILE = "erasures.ndjson";

export function hashOf(workspaceId: number, { kind, value }: { kind: string; value: string }): string {
  return createHmac("sha256", keyFor("erasure-ledger")).update(`${workspaceId}\n${kind}\n${value}`).digest("base64url");
}

export function hashOfCustomer(workspaceId: number, id: number): string {
  return hashOf(workspaceId, { kind: "customer", value: String(id) });
}

/** Answers when the line is on the disk. */
export async function writeLine(line: Omit<Line, "id">): Promise<Line> {
  const whole = { id: randomUUID(), ...line };
  await appendLine(FILE, JSON.stringify(whole));
  return whole;
}

export async function readLedger(): Promise<Line[]> {
  return (await readLines(FILE)).flatMap((text) => {
    const line: unknown = parse(text);
    return isLine(line) ? [line] : [];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The last line of a disk that was full.
    return null;
  }
}

function isLine(line: unknown): line is Line {
  return (
    typeof line === "object" && line !== null && "id" in line && "workspaceId" in line && "hashes" in line && Array.isArray(line.hashes)
  );
}

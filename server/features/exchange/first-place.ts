import { openFile } from "../../platform/files/index.ts";
import { readHeading } from "./csv-record.ts";
import { START } from "./encoding.ts";
import { LONGEST, type Place } from "./read-records.ts";
import type { Import } from "./queries.ts";

/** Where the first record of a kept file begins: after its own line, and in CSV after the heading. */
export async function firstPlace({ digest, format, delimiter }: Pick<Import, "digest" | "format" | "delimiter">): Promise<Place> {
  if (format === "ndjson") return { position: START, line: 1 };
  const head: Buffer[] = [];
  for await (const chunk of openFile(digest, { start: START, end: START + LONGEST })) head.push(Buffer.from(chunk));
  const heading = readHeading(Buffer.concat(head), () => delimiter ?? ",", true);
  return { position: START + (heading?.end ?? 0), line: 1 + (heading?.lines ?? 0) };
}

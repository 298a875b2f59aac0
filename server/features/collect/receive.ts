import type { Readable } from "node:stream";
import { invalid } from "../../platform/errors.ts";

/** What was sent: its bytes, or where they are more than are taken, the beginning. */
export interface Received {
  bytes: Buffer;
  isWhole: boolean;
}

export const NOTHING: Received = { bytes: Buffer.alloc(0), isWhole: true };

/** Reads no further than is taken; what is left stays unread. @throws Problem 400 when the sender goes away meanwhile, who does not hear it */
export function receive(stream: Readable, most: number): Promise<Received> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) end(false);
    };
    const end = (isWhole = true): void => {
      stream.off("data", take).off("end", whole).off("error", broken).off("close", broken).pause();
      resolve({ bytes: Buffer.concat(chunks), isWhole });
    };
    const whole = (): void => end();
    const broken = (): void => reject(invalid("The request broke off."));
    stream.on("data", take).on("end", whole).on("error", broken).on("close", broken);
  });
}

const SHOWN = 4_000;

/** How a text begins. Letters that are written by their numbers are shown as letters: people read it, and an erasure looks for their names. */
export function shownText(text: string): string {
  return text.slice(0, SHOWN).replace(/\\u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

import { setTimeout as sleep } from "node:timers/promises";
import { simpleParser } from "mailparser";
import type { ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A stand-in for the customers' mail server: keeps what is sent to them. */
export interface Letters {
  url: string;
  /** The first letter that fits, as soon as it is there. */
  wait: (fits: (letter: ParsedMail) => boolean) => Promise<ParsedMail>;
  close: () => Promise<void>;
}

const patience = 20_000;

export async function openLetterBox(): Promise<Letters> {
  const kept: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        (letter) => {
          kept.push(letter);
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    wait: (fits) => waitFor(kept, fits),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function waitFor(kept: readonly ParsedMail[], fits: (letter: ParsedMail) => boolean): Promise<ParsedMail> {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) {
    const found = kept.find(fits);
    if (found) return found;
  }
  throw new Error(`No such letter within ${patience / 1000} s; there are: ${kept.map((letter) => letter.subject).join("; ") || "none"}`);
}

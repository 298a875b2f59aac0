import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { log } from "../../../../platform/log.ts";
import { MAIL_LIMITS } from "../parse-mail.ts";
import { selfSignedCertificate } from "./certificate.ts";
import { findRecipient, receive, refusalOf, Refusal } from "./receive.ts";
import type { Recipient } from "../take-in.ts";

export interface SmtpOptions {
  port: number;
  host?: string;
  /** What it calls itself. */
  name?: string;
  certificate?: { key: string; cert: string };
}

export interface SmtpListener {
  port: number;
  stop(): Promise<void>;
}

const MOST_RECIPIENTS = 100;
const MOST_CLIENTS = 200;

/**
 * Receives mail for our own addresses and for nobody else. A message is acknowledged when it is on the disk and in the
 * ledger, not before; a line that breaks before the end leaves nothing behind.
 */
export async function startSmtp(options: SmtpOptions): Promise<SmtpListener> {
  const recipients = new WeakMap<SMTPServerSession, Recipient[]>();
  const receiving = new Map<string, SMTPServerDataStream>();
  const server = new SMTPServer({
    name: options.name ?? "throughline",
    banner: "Throughline",
    size: MAIL_LIMITS.size,
    authOptional: true,
    disabledCommands: ["AUTH"],
    disableReverseLookup: true,
    maxClients: MOST_CLIENTS,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    logger: false,
    ...(options.certificate ?? selfSignedCertificate(options.name ?? "throughline")),

    onMailFrom(_address, session, done) {
      recipients.set(session, []);
      done();
    },

    onRcptTo(address: SMTPServerAddress, session, done) {
      const known = recipients.get(session) ?? [];
      recipients.set(session, known);
      answer(done, async () => {
        if (known.length >= MOST_RECIPIENTS) throw new Refusal(452, "4.5.3 Too many recipients; at most 100 in one message.");
        known.push(await findRecipient(address.address));
      });
    },

    onData(stream, session, done) {
      receiving.set(session.id, stream);
      const cut = (): void => cutOff(server, session);
      answer(done, async () => {
        await receive(stream, session, recipients.get(session) ?? [], cut).finally(() => {
          receiving.delete(session.id);
          stream.resume();
        });
      });
    },

    onClose(session) {
      receiving.get(session.id)?.destroy(new Error("The line was dropped before the end of the message."));
      receiving.delete(session.id);
    },
  });
  server.on("error", (error) => log.info("A mail client misbehaved.", { error: error.message }));

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return { port: portOf(server.server.address()), stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Does the work and answers 250, or with the refusal that an error means. */
function answer(done: (error?: Error | null) => void, work: () => Promise<void>): void {
  work().then(
    () => done(),
    (error: unknown) => done(refusalOf(error)),
  );
}

/** Says 552 at once and hangs up: whoever sends a gigabyte would otherwise go on to its end. */
function cutOff(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.id !== session.id) continue;
    connection.send(552, "5.3.4 The message is larger than 25 MB.");
    connection.close();
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

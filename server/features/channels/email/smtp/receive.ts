import { Readable } from "node:stream";
import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import { anywhere, asUnavailable } from "../../../../platform/db/index.ts";
import { Problem } from "../../../../platform/errors.ts";
import { log } from "../../../../platform/log.ts";
import { normaliseEmail } from "../../../customers/index.ts";
import { MAIL_LIMITS } from "../parse-mail.ts";
import { ownersOf } from "../queries.ts";
import { withoutTag } from "../signed-address.ts";
import { takeIn, type Recipient } from "../take-in.ts";

/** What SMTP answers when it does not take something: a code of RFC 5321 with one of RFC 3463. */
export class Refusal extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

/**
 * Whose address this is. A tag (`help+anything@…`) belongs to the address before it.
 * @throws Refusal 550 when it is nobody's here: this is never a relay
 */
export async function findRecipient(given: string): Promise<Recipient> {
  const address = normaliseEmail(given);
  if (address === null) throw new Refusal(553, "5.1.3 This is not an address.");
  const [owner] = await ownersOf(anywhere(), [address, withoutTag(address)]);
  if (owner === undefined) throw new Refusal(550, "5.1.1 Nobody here has this address.");
  return { workspaceId: owner.workspaceId, mailAddressId: owner.id, address };
}

/** Takes in what comes over the line; `cut` ends a message that is larger than it may be. */
export async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  recipients: Recipient[],
  cut: () => void,
): Promise<void> {
  const { mailFrom } = session.envelope;
  await takeIn(Readable.from(limited(stream, cut)), {
    via: "smtp",
    peerIp: session.remoteAddress,
    peerName: nameOf(session),
    accountId: null,
    envelopeFrom: mailFrom === false ? null : mailFrom.address.toWellFormed().replaceAll("\0", "").slice(0, 320),
    recipients,
  });
}

async function* limited(stream: SMTPServerDataStream, cut: () => void): AsyncGenerator<Buffer> {
  let size = 0;
  // When storing fails half-way the rest must still be read, or the client would never hear of it.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > MAIL_LIMITS.size) {
      cut();
      throw new Refusal(552, "5.3.4 The message is larger than 25 MB.");
    }
    yield bytes;
  }
}

function nameOf(session: SMTPServerSession): string | null {
  const name = session.hostNameAppearsAs;
  return typeof name === "string" && name !== "" ? name.toWellFormed().replaceAll("\0", "").slice(0, 255) : null;
}

/** What an error means to the other mail server: try again later, unless it is a refusal. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof Problem && error.code === "disk-full")
    return new Refusal(452, "4.3.1 There is no room at the moment; try again later.");
  if (asUnavailable(error) !== null) return new Refusal(451, "4.3.0 This cannot be taken at the moment; try again later.");
  log.warn("A message could not be taken in.", { error: error instanceof Error ? error.message : String(error) });
  return new Refusal(451, "4.3.0 This could not be taken; try again later.");
}

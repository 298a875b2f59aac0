import { asUnavailable, reading, together, transaction, type Tx } from "../../../platform/db/index.ts";
import { Problem } from "../../../platform/errors.ts";
import { getFile, putFile } from "../../../platform/files/index.ts";
import { findOrCreateCustomer, normaliseEmail } from "../../customers/index.ts";
import { checkSender, type MailVerdicts } from "./authenticate.ts";
import { contentDigest } from "./content-digest.ts";
import { beginAttempt, decideEntry, type Decision, type LedgerEntry } from "./ledger-queries.ts";
import { findByContent, insertEmailMessage } from "./message-queries.ts";
import { handInbound, type InboundFile } from "./ports.ts";
import { ownersOf, type MailAddress } from "./queries.ts";
import { readMail, type ReadMail } from "./read-mail.ts";
import { resolveThread } from "./resolve-thread.ts";
import { hasRemoteImages } from "./sanitise-html.ts";
import { withoutTag } from "./signed-address.ts";
import { liftBounce, settleBounce, settleComplaint } from "./settle-report.ts";

const MOST_ATTEMPTS = 3;
/** Beyond this a message is taken for one that ends the process itself. */
const MOST_BEGINNINGS = 10;

/**
 * Reads an entry of the ledger and decides what it is, once: its outcome and all that follows from it are one
 * transaction. What fails three times is set aside with the error; a database that is away and a full disk do not count.
 */
export async function readEntry(key: { workspaceId: number; ledgerId: number }): Promise<void> {
  const entry = await beginAttempt(reading(key), key.ledgerId);
  if (entry === undefined) return;
  if (entry.attempts > MOST_BEGINNINGS) {
    await decide(entry, () =>
      Promise.resolve({ outcome: "set-aside", reason: `Reading it was begun ${MOST_BEGINNINGS} times and never ended.` }),
    );
    return;
  }
  try {
    await readAndDecide(entry);
  } catch (error) {
    if (isPassing(error) || entry.attempts < MOST_ATTEMPTS) throw error;
    const reason = `It failed ${entry.attempts} times: ${error instanceof Error ? error.message : String(error)}`.slice(0, 1_000);
    await decide(entry, () => Promise.resolve({ outcome: "set-aside", reason }));
  }
}

/** No fault of the message: the job queue tries again until it is over. */
function isPassing(error: unknown): boolean {
  return asUnavailable(error) !== null || (error instanceof Problem && error.code === "disk-full");
}

async function readAndDecide(entry: LedgerEntry): Promise<void> {
  const raw = await getFile(entry.digest);
  const outcome = await readMail(raw);
  if (outcome.outcome === "set-aside") {
    await decide(entry, () => Promise.resolve(outcome));
    return;
  }
  const { mail } = outcome;
  const verdicts = await checkSender(raw, { ip: entry.peerIp, name: entry.peerName, sender: entry.envelopeFrom });
  const files = await storeFiles(mail);
  await decide(entry, (tx) => decideMail(tx, { entry, mail, verdicts, files, digest: contentDigest(raw, mail) }));
}

/** Two workers may have the same entry; the second one finds it decided and takes all its work back. */
async function decide(entry: LedgerEntry, work: (tx: Tx) => Promise<Decision>): Promise<void> {
  try {
    await transaction(entry, async (tx) => {
      const decision = await work(tx);
      if (!(await decideEntry(tx, entry.id, decision))) throw new DecidedElsewhere();
    });
  } catch (error) {
    if (!(error instanceof DecidedElsewhere)) throw error;
  }
}

class DecidedElsewhere extends Error {}

interface Reading {
  entry: LedgerEntry;
  mail: ReadMail;
  verdicts: MailVerdicts;
  files: InboundFile[];
  digest: Buffer;
}

async function decideMail(tx: Tx, { entry, mail, verdicts, files, digest }: Reading): Promise<Decision> {
  const { classification } = mail;
  const sender = senderOf(mail, entry.envelopeFrom);
  const isReport = classification.bounce !== null || classification.complaint !== null;
  if (sender === null && !isReport) return { outcome: "set-aside", reason: "It names no sender who could be answered." };

  const emailId = await insertEmailMessage(tx, {
    ledgerId: entry.id,
    contentDigest: digest,
    internetMessageId: mail.messageId,
    referenceIds: [...new Set([...mail.references, ...mail.inReplyTo])].slice(-50),
    fromAddress: sender,
    subject: mail.subject,
    class: classification.class,
    why: classification.why,
    authentication: verdicts,
    receivedAt: entry.receivedAt,
  });
  if (emailId === null) return { outcome: "duplicate", reason: "The same message arrived before.", ...(await findByContent(tx, digest)) };
  if (classification.bounce !== null) return { outcome: "bounce", reason: await settleBounce(tx, classification.bounce) };
  if (classification.complaint !== null) return { outcome: "complaint", reason: await settleComplaint(tx, classification.complaint) };
  const [own, conversationId] = await together([ownAddresses(tx, mail, sender), resolveThread(tx, mail, entry.envelopeTo)]);
  if (sender === null || own.some((each) => each.address === sender)) {
    return { outcome: "automatic", reason: "It came from one of our own addresses." };
  }
  const isMachine = classification.class === "auto-reply";
  if (isMachine && conversationId === null && !isNotice(classification.why)) return { outcome: "automatic", reason: classification.why };
  const isAutomatic = isMachine && conversationId !== null;

  const [customer] = await together([
    findOrCreateCustomer(tx, { email: sender, name: mail.from?.name ?? null, at: entry.receivedAt, source: "email" }),
    isMachine ? undefined : liftBounce(tx, sender),
  ]);
  const place = await handInbound(tx, {
    channel: "email",
    customer,
    conversationId,
    mailAddressId: entry.mailAddressId ?? own[0]?.id ?? null,
    subject: mail.subject,
    text: mail.visible,
    wholeText: mail.whole.trim() === mail.visible ? null : mail.whole,
    html: mail.safeHtml,
    hasRemoteImages: mail.safeHtml !== null && hasRemoteImages(mail.safeHtml),
    authentication: verdicts,
    isAutomatic,
    files,
    at: entry.receivedAt,
  });
  return {
    outcome: isAutomatic ? "automatic" : "message",
    reason: isAutomatic ? classification.why : null,
    ...place,
    email: { id: emailId, customerId: customer.id },
  };
}

/** Where From cannot be read, an answer may still be possible: to Reply-To, or to whom the envelope names. */
function senderOf(mail: ReadMail, envelopeFrom: string | null): string | null {
  const named = [mail.from?.address, mail.replyTo[0]?.address, envelopeFrom].map((each) => normaliseEmail(each ?? ""));
  return named.find((each) => each !== null) ?? null;
}

/** Those of our addresses that the message names: a mailbox that we follow does not say to which one it was sent. */
async function ownAddresses(tx: Tx, mail: ReadMail, sender: string | null): Promise<MailAddress[]> {
  const named = [...mail.to, ...mail.cc].map((each) => normaliseEmail(withoutTag(each.address)));
  const found = await ownersOf(
    tx,
    [sender, ...named].filter((each) => each !== null),
  );
  return found.filter((each) => each.workspaceId === tx.workspaceId);
}

/** Forms and shops write "auto-generated": a machine's mail, but with a person's question in it (RFC 3834, 5). */
function isNotice(why: string): boolean {
  return /^Auto-Submitted: auto-(generated|notified)/.test(why);
}

async function storeFiles(mail: ReadMail): Promise<InboundFile[]> {
  const files: InboundFile[] = [];
  for (const { name, type, bytes, contentId } of mail.attachments) {
    const { digest, size } = await putFile(Buffer.from(bytes));
    files.push({ digest, size, name, type, contentId });
  }
  return files;
}

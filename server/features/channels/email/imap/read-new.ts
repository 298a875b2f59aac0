import type { ImapFlow } from "imapflow";
import { transaction } from "../../../../platform/db/index.ts";
import { MAIL_LIMITS } from "../parse-mail.ts";
import { moveCursor, type MailAccount } from "../queries.ts";
import { takeIn } from "../take-in.ts";

export interface OpenMailbox {
  /** Takes in what lies beyond the cursor, the oldest first. */
  readNew(): Promise<void>;
}

/**
 * Opens a mailbox without changing anything in it: what a person has read or not is theirs to know. A cursor of UIDs says
 * how far we are; it moves in the transaction of each message's entry in the ledger. With another UIDVALIDITY all UIDs
 * are new, so we read what came since the account was added; what we had is recognised as the same.
 */
export async function openMailbox(line: ImapFlow, account: MailAccount): Promise<OpenMailbox> {
  const opened = await line.mailboxOpen(account.mailbox, { readOnly: true });
  const uidValidity = Number(opened.uidValidity);
  let lastUid = account.uidValidity === uidValidity ? account.lastUid : null;
  return { readNew };

  async function readNew(): Promise<void> {
    const uids = lastUid === null ? await uidsSince(line, account.createdAt) : await uidsAfter(line, lastUid);
    for (const uid of uids) {
      await takeMessage(uid);
      advance(uid);
    }
    if (lastUid === null) await begin(opened.uidNext - 1);
  }

  async function takeMessage(uid: number): Promise<void> {
    const found = await line.fetchOne(String(uid), { source: { maxLength: MAIL_LIMITS.size + 1 }, uid: true }, { uid: true });
    if (!found || found.source === undefined) return;
    const recipients = [{ workspaceId: account.workspaceId, mailAddressId: null, address: account.username }];
    await takeIn(
      found.source,
      { via: "imap", peerIp: null, peerName: account.host, accountId: account.id, envelopeFrom: null, recipients },
      async (tx) => {
        if (!(await moveCursor(tx.within(account.workspaceId), account.id, { uidValidity, lastUid: uid }))) {
          throw new Error("This mailbox is no longer followed.");
        }
      },
    );
  }

  async function begin(uid: number): Promise<void> {
    await transaction(account, (tx) => moveCursor(tx, account.id, { uidValidity, lastUid: uid }));
    advance(uid);
  }

  /** The account as it was read at the start goes stale; a new connection begins where this one ends. */
  function advance(uid: number): void {
    lastUid = Math.max(lastUid ?? 0, uid);
    account.lastUid = lastUid;
    account.uidValidity = uidValidity;
  }
}

/** IMAP answers `n:*` with the newest message even when it lies before n (RFC 3501, 6.4.8). */
async function uidsAfter(line: ImapFlow, lastUid: number): Promise<number[]> {
  const uids: number[] = [];
  for await (const { uid } of line.fetch(`${lastUid + 1}:*`, { uid: true }, { uid: true })) {
    if (uid > lastUid) uids.push(uid);
  }
  return uids.toSorted((a, b) => a - b);
}

/** SEARCH SINCE knows days only, so the moment is compared here. */
async function uidsSince(line: ImapFlow, moment: Date): Promise<number[]> {
  const day = new Date(moment.getTime() - 24 * 60 * 60 * 1_000);
  const found = await line.search({ since: day }, { uid: true });
  if (found === false || found === undefined || found.length === 0) return [];
  const uids: number[] = [];
  for await (const message of line.fetch(found.join(","), { uid: true, internalDate: true }, { uid: true })) {
    if (new Date(message.internalDate ?? moment).getTime() >= Math.floor(moment.getTime() / 1_000) * 1_000) uids.push(message.uid);
  }
  return uids.toSorted((a, b) => a - b);
}

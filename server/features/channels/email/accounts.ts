import { audit, authorize, type Actor } from "../../access/index.ts";
import { transaction } from "../../../platform/db/index.ts";
import { conflict, notFound } from "../../../platform/errors.ts";
import { publicId } from "../../../platform/ids.ts";
import { seal } from "../../../platform/secret.ts";
import { deleteAccount, insertAccount, type MailAccount } from "./queries.ts";

export interface AddAccount {
  host: string;
  port?: number;
  security?: MailAccount["security"];
  username: string;
  authKind?: MailAccount["authKind"];
  /** The password, or the OAuth 2.0 access token. */
  secret: string;
  mailbox?: string;
}

export const ACCOUNT_SECRET = "mail-account";

/** Follows a mailbox from now on: what arrives in it is taken in like mail that comes by SMTP. */
export async function addAccount(actor: Actor, input: AddAccount): Promise<MailAccount> {
  authorize(actor, "mail:write");
  const security = input.security ?? "tls";
  return transaction(actor, async (tx) => {
    const account = await insertAccount(tx, {
      host: input.host.trim().toLowerCase(),
      port: input.port ?? (security === "tls" ? 993 : 143),
      security,
      username: input.username,
      authKind: input.authKind ?? "password",
      secretSealed: seal(input.secret, ACCOUNT_SECRET),
      mailbox: input.mailbox ?? "INBOX",
    });
    if (account === undefined) throw conflict("This mailbox is followed already.");
    await audit(tx, actor, {
      action: "email.add-account",
      subject: publicId("mac", account.id),
      after: { host: account.host, username: account.username },
    });
    return account;
  });
}

/** Stops following a mailbox. What came from it stays. */
export async function removeAccount(actor: Actor, id: number): Promise<void> {
  authorize(actor, "mail:write");
  await transaction(actor, async (tx) => {
    const removed = await deleteAccount(tx, id);
    if (removed === undefined) throw notFound("mail account");
    await audit(tx, actor, {
      action: "email.remove-account",
      subject: publicId("mac", id),
      before: { host: removed.host, username: removed.username },
    });
  });
}

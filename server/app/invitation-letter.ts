import { queueEmail } from "../features/channels/email/index.ts";
import type { Tx } from "../platform/db/index.ts";

interface Letter {
  to: string;
  workspaceName: string;
  invitedBy: string;
  token: string;
}

const DAYS = 7;

/** The mail by which somebody is invited to work here. */
export async function postInvitation(tx: Tx, letter: Letter, publicUrl: string): Promise<void> {
  await queueEmail(tx, {
    customerId: 0,
    conversationId: null,
    messageId: null,
    to: { address: letter.to, name: null },
    fromName: letter.workspaceName,
    mailAddressId: null,
    subject: `${letter.invitedBy} invites you to ${letter.workspaceName}`,
    text: [
      `${letter.invitedBy} would like you to join ${letter.workspaceName} on Throughline, where they look after their customers.`,
      `Choose a password here, within ${DAYS} days:`,
      `${publicUrl}/invitation/${letter.token}`,
      "If you did not expect this, you can leave it; nothing happens.",
    ].join("\n\n"),
    class: "transactional",
  });
}

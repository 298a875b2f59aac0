/** Mail: receiving it without losing any, reading it, and sending it. */
export { onDeliveryChange, onInboundEmail, type DeliveryChange, type DeliveryState, type InboundEmail, type InboundFile } from "./ports.ts";
export { queueEmail, type EmailOut, type QueuedEmail } from "./queue-email.ts";
export { useOutgoing } from "./outgoing.ts";
export { useResolver, type MailVerdicts } from "./authenticate.ts";
export { startSmtp, type SmtpListener, type SmtpOptions } from "./smtp/listener.ts";
export { followAccounts, type Following } from "./imap/follow-accounts.ts";
export { addAddress } from "./add-address.ts";
export { findAddress, listAddresses, type MailAddress } from "./queries.ts";
export { countOutcomes, ledgerOf, type LedgerEntry } from "./ledger-queries.ts";
export { linkAttachments } from "./link-attachments.ts";
export { stopReading } from "./read-mail.ts";
export { defineJobs } from "./jobs.ts";
export { personalData, retention } from "./personal-data.ts";
export { routes } from "./routes.ts";

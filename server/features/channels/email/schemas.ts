import { Type, type Static } from "typebox";
import { Moment, Nullable, PublicId, Words } from "../../../platform/http/index.ts";
import { publicId, publicIdOrNull } from "../../../platform/ids.ts";
import type { Delivery } from "./delivery-queries.ts";
import type { LedgerEntry, Outcome } from "./ledger-queries.ts";
import type { MailAccount, MailAddress } from "./queries.ts";

export const AddressView = Type.Object({ id: PublicId, address: Type.String(), name: Nullable(Type.String()), createdAt: Moment });
export const AddressBody = Type.Object({
  address: Type.String({ minLength: 3, maxLength: 320, description: "Mail to it is taken by the SMTP listener." }),
  name: Type.Optional(Nullable(Words(200))),
});

const Security = Type.Union([Type.Literal("tls"), Type.Literal("starttls"), Type.Literal("none")]);
const AuthKind = Type.Union([Type.Literal("password"), Type.Literal("token")]);

export const AccountView = Type.Object({
  id: PublicId,
  host: Type.String(),
  port: Type.Integer(),
  security: Security,
  username: Type.String(),
  authKind: AuthKind,
  mailbox: Type.String(),
  state: Type.Union([Type.Literal("connecting"), Type.Literal("connected"), Type.Literal("failed")]),
  lastError: Nullable(Type.String()),
  lastSeenAt: Nullable(Moment),
  createdAt: Moment,
});
export const AccountBody = Type.Object({
  host: Type.String({ minLength: 1, maxLength: 255, pattern: "^[A-Za-z0-9._:-]+$" }),
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535, description: "993 with TLS, else 143." })),
  security: Type.Optional(Security),
  username: Type.String({ minLength: 1, maxLength: 320 }),
  authKind: Type.Optional(AuthKind),
  secret: Type.String({
    minLength: 1,
    maxLength: 8_000,
    description: "The password, or the OAuth 2.0 access token. Stored sealed, never shown.",
  }),
  mailbox: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "INBOX when left out." })),
});

const OutcomeSchema = Type.Union([
  Type.Literal("pending"),
  Type.Literal("message"),
  Type.Literal("automatic"),
  Type.Literal("bounce"),
  Type.Literal("complaint"),
  Type.Literal("duplicate"),
  Type.Literal("set-aside"),
]);

export const LedgerView = Type.Object({
  id: PublicId,
  receivedAt: Moment,
  via: Type.Union([Type.Literal("smtp"), Type.Literal("imap")]),
  peer: Nullable(Type.String()),
  from: Nullable(Type.String()),
  to: Type.Array(Type.String()),
  size: Type.Integer(),
  digest: Type.String({ description: "SHA-256 of the bytes." }),
  outcome: OutcomeSchema,
  reason: Nullable(Type.String()),
  attempts: Type.Integer(),
  conversationId: Nullable(PublicId),
  messageId: Nullable(PublicId),
});

export const LedgerTotals = Type.Object({
  received: Type.Integer(),
  outcomes: Type.Object({
    pending: Type.Integer(),
    message: Type.Integer(),
    automatic: Type.Integer(),
    bounce: Type.Integer(),
    complaint: Type.Integer(),
    duplicate: Type.Integer(),
    "set-aside": Type.Integer(),
  }),
  setAside: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() })),
  sentence: Type.String({ description: "“12 received, 9 became messages, 1 set aside because …”" }),
});

export const LedgerQuery = { outcome: Type.Optional(OutcomeSchema) };

const State = Type.Union([
  Type.Literal("queued"),
  Type.Literal("sent"),
  Type.Literal("delivered"),
  Type.Literal("bounced"),
  Type.Literal("failed"),
  Type.Literal("kept"),
  Type.Literal("withheld"),
]);

export const DeliveryView = Type.Object({
  id: PublicId,
  to: Type.String(),
  from: Nullable(Type.String()),
  subject: Type.String(),
  class: Type.String(),
  automatic: Type.Boolean(),
  state: State,
  detail: Nullable(Type.String()),
  attempts: Type.Integer(),
  queuedAt: Moment,
  nextTryAt: Nullable(Moment),
  sentAt: Nullable(Moment),
  conversationId: Nullable(PublicId),
});

export const DeliveryQuery = { state: Type.Optional(State) };

export function addressView({ id, address, name, createdAt }: MailAddress): Static<typeof AddressView> {
  return { id: publicId("mad", id), address, name, createdAt: createdAt.toISOString() };
}

export function accountView(account: MailAccount): Static<typeof AccountView> {
  const { host, port, security, username, authKind, mailbox, state, lastError, lastSeenAt, createdAt } = account;
  return {
    ...{ id: publicId("mac", account.id), host, port, security, username, authKind, mailbox, state, lastError },
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

export function ledgerView(entry: LedgerEntry): Static<typeof LedgerView> {
  const { via, size, digest, outcome, reason, attempts } = entry;
  return {
    ...{ id: publicId("mal", entry.id), via, size, digest, outcome, reason, attempts },
    receivedAt: entry.receivedAt.toISOString(),
    peer: entry.peerName ?? entry.peerIp,
    from: entry.envelopeFrom,
    to: entry.envelopeTo,
    conversationId: publicIdOrNull("con", entry.conversationId),
    messageId: publicIdOrNull("msg", entry.messageId),
  };
}

export function deliveryView(delivery: Delivery): Static<typeof DeliveryView> {
  const { subject, automatic, state, detail, attempts } = delivery;
  return {
    ...{ id: publicId("dlv", delivery.id), subject, class: delivery.class, automatic, state, detail, attempts },
    to: delivery.toAddress,
    from: delivery.fromAddress,
    queuedAt: delivery.queuedAt.toISOString(),
    nextTryAt: delivery.nextTryAt?.toISOString() ?? null,
    sentAt: delivery.sentAt?.toISOString() ?? null,
    conversationId: publicIdOrNull("con", delivery.conversationId),
  };
}

/** Adds up the ledger: what was received is exactly what became of it. */
export function totalsOf(counts: readonly { outcome: Outcome; reason: string | null; count: number }[]): Static<typeof LedgerTotals> {
  const of = (outcome: Outcome): number => counts.filter((each) => each.outcome === outcome).reduce((sum, each) => sum + each.count, 0);
  const received = counts.reduce((sum, each) => sum + each.count, 0);
  const setAside = counts
    .filter((each) => each.outcome === "set-aside")
    .map(({ reason, count }) => ({ reason: reason ?? "no reason was noted", count }));
  const outcomes = {
    ...{ pending: of("pending"), message: of("message"), automatic: of("automatic"), bounce: of("bounce") },
    ...{ complaint: of("complaint"), duplicate: of("duplicate"), "set-aside": of("set-aside") },
  };
  return { received, outcomes, setAside, sentence: sentenceOf(received, outcomes, setAside) };
}

function sentenceOf(received: number, outcomes: Record<Outcome, number>, setAside: { reason: string; count: number }[]): string {
  const told: [number, string][] = [
    [outcomes.message, "became messages"],
    [outcomes.automatic, "were automatic"],
    [outcomes.bounce, "came back"],
    [outcomes.complaint, "were complaints"],
    [outcomes.duplicate, "came twice"],
    [outcomes.pending, "wait to be read"],
  ];
  const parts = told.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const aside = setAside.map(({ reason, count }) => `${count} set aside because: ${reason.replace(/\.$/, "")}`);
  return `${[`${received} received`, ...parts, ...aside].join(", ")}.`;
}

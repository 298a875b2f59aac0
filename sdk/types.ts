import type {
  ApiKey,
  Attachment,
  AuditEntry,
  Board,
  Consent,
  Conversation,
  ConversationDetail,
  Counts,
  Customer,
  Experience,
  Ledger,
  MailAccount,
  MailAddress,
  Member,
  Message,
  MetricRow,
  Order,
  OrderSource,
  Page,
  Priority,
  Proposal,
  Role,
  Session,
  TimelineItem,
  WorkspaceSettings,
} from "./entities.ts";

type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & PathParameters<Rest>
  : unknown;

/** One operation, in the shape that openapi-typescript writes. */
type Does<P extends string, Answer, Query = undefined, Body = undefined> = {
  parameters: { query?: Query } & (P extends `${string}{${string}` ? { path: PathParameters<P> } : { path?: never });
  responses: { 200: { content: { "application/json": Answer } } };
} & (Body extends undefined ? { requestBody?: never } : { requestBody: { content: { "application/json": Body } } });

interface Cursor {
  cursor?: string;
  limit?: number;
}

interface Operations {
  "/api/v1/session": { get: Session };
  "/api/v1/setup": {
    get: { ownerNeeded: boolean };
    post: [{ ok?: boolean }, undefined, { name: string; email: string; password: string; workspaceName?: string }];
  };
  "/api/v1/customers": { get: [Page<Customer>, Cursor & { query?: string; email?: string }] };
  "/api/v1/customers/{id}": { get: Customer; patch: [Customer, undefined, { name?: string }] };
  "/api/v1/customers/{id}/timeline": {
    get: [Page<TimelineItem>, Cursor & { kind?: string; stage?: string; channel?: string; initiative?: string }];
  };
  "/api/v1/customers/{id}/experience": { get: Experience };
  "/api/v1/customers/{id}/orders": { get: Page<Order> };
  "/api/v1/customers/{id}/consents": { get: Page<Consent> };
  "/api/v1/conversations": {
    get: [Page<Conversation>, Cursor & { status?: "open" | "closed"; assignee?: string; query?: string; customer?: string }];
    post: [Conversation, undefined, { customerId: string; subject: string; text: string }];
  };
  "/api/v1/conversations/counts": { get: Counts };
  "/api/v1/conversations/{id}": { get: ConversationDetail };
  "/api/v1/conversations/{id}/messages": {
    get: [Page<Message>, Cursor];
    post: [Message, undefined, { kind: "reply" | "note"; text: string; attachments?: string[]; close?: boolean }];
  };
  "/api/v1/conversations/{id}/assignee": { put: [Conversation, undefined, { memberId: string | null }] };
  "/api/v1/conversations/{id}/closure": { post: Conversation; delete: Conversation };
  "/api/v1/conversations/{id}/priority": { put: [Conversation, undefined, { priority: Priority }] };
  "/api/v1/conversations/{id}/tags/{tag}": { post: Conversation; delete: Conversation };
  "/api/v1/conversations/{id}/draft": { put: [unknown, undefined, { text: string }] };
  "/api/v1/attachments": { post: Attachment };
  "/api/v1/proposals": { get: [Page<Proposal>, Cursor] };
  "/api/v1/proposals/{id}": { patch: [Proposal, undefined, { subject?: string; text?: string }] };
  "/api/v1/proposals/{id}/sending": { post: [Proposal, undefined, { subject?: string; text?: string }]; delete: Proposal };
  "/api/v1/insights/board": { get: [Board, { from?: string; to?: string }] };
  "/api/v1/insights/metrics/{key}/rows": { get: [Page<MetricRow>, Cursor & { from?: string; to?: string }] };
  "/api/v1/members": { get: Page<Member> };
  "/api/v1/members/{id}": { patch: [Member, undefined, { role: Role }]; delete: unknown };
  "/api/v1/invitations": { post: [unknown, undefined, { email: string; role: Role }] };
  "/api/v1/keys": { get: Page<ApiKey>; post: [ApiKey & { key: string }, undefined, { name: string; scopes: string[] }] };
  "/api/v1/keys/{id}": { delete: unknown };
  "/api/v1/mail/addresses": { get: Page<MailAddress>; post: [MailAddress, undefined, { address: string }] };
  "/api/v1/mail/addresses/{id}": { delete: unknown };
  "/api/v1/mail/accounts": {
    get: Page<MailAccount>;
    post: [MailAccount, undefined, { name: string; host: string; port: number; user: string; password: string }];
  };
  "/api/v1/mail/accounts/{id}": { delete: unknown };
  "/api/v1/mail/ledger": { get: [Ledger, Cursor & { outcome?: string }] };
  "/api/v1/mail/ledger/{id}/retry": { post: unknown };
  "/api/v1/order-sources": { get: Page<OrderSource>; post: [OrderSource, undefined, { name: string; secret: string }] };
  "/api/v1/workspace": { get: WorkspaceSettings; patch: [WorkspaceSettings, undefined, Partial<WorkspaceSettings>] };
  "/api/v1/sample": { delete: unknown };
  "/api/v1/audit": { get: [Page<AuditEntry>, Cursor] };
}

type Operation<P extends string, T> = T extends [infer Answer, infer Query, infer Body]
  ? Does<P, Answer, Query, Body>
  : T extends [infer Answer, infer Query]
    ? Does<P, Answer, Query>
    : Does<P, T>;

/** Every path of the API, as the client reads them. */
export type paths = {
  [P in keyof Operations]: { [M in keyof Operations[P]]: Operation<P & string, Operations[P][M]> };
};

import type { operations } from "./contract.gen.ts";

/** What an operation answers with when it went well. */
export type Answer<Name extends keyof operations> = operations[Name]["responses"] extends {
  200: { content: { "application/json": infer Body } };
}
  ? Body
  : operations[Name]["responses"] extends { 201: { content: { "application/json": infer Body } } }
    ? Body
    : never;

type Item<List> = List extends { items: (infer One)[] } ? One : never;

/** A page of a list. Times are ISO 8601, ids are public ids such as `con_3f`. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

type WholeSession = Answer<"getSession">;
/** A member's session; a key has no member. */
export type Session = Omit<WholeSession, "member"> & { member: NonNullable<WholeSession["member"]> };

export type Member = Item<Answer<"listMembers">>;
export type Role = Member["role"];
export type Invitation = Item<Answer<"listInvitations">>;
type NewKey = operations["createKey"]["requestBody"]["content"]["application/json"];
export type Scope = NewKey["scopes"][number];
export type ApiKey = Item<Answer<"listKeys">>;
export type WorkspaceSettings = Answer<"getWorkspace">;
export type SetAside = Item<Answer<"listSetAside">>;
export type AuditEntry = Item<Answer<"listAudit">>;

export type Customer = Item<Answer<"listCustomers">>;
export type CustomerDetail = Answer<"getCustomer">;
export type CustomerBrief = Pick<Customer, "id" | "name" | "email">;
export type LinePoint = Customer["line"][number];
export type TimelineItem = Item<Answer<"getTimeline">>;
export type Experience = Answer<"getExperience">;
export type Consent = Item<Answer<"listConsents">>;
export type Order = Item<Answer<"listCustomerOrders">>;
export type OrderSource = Item<Answer<"listOrderSources">>;

export type Conversation = Item<Answer<"listConversations">>;
export type ConversationDetail = Answer<"getConversation">;
export type Person = NonNullable<Conversation["assignee"]>;
export type Priority = Conversation["priority"];
export type Message = Item<Answer<"listMessages">>;
export type Attachment = Message["attachments"][number];

export type Proposal = Item<Answer<"listProposals">>;
export type PlaySettings = Answer<"getPlaySettings">;
export type ServiceLevel = Answer<"getServiceLevel">;
export type SurveySettings = Answer<"getSurveySettings">;

export type Board = Answer<"getBoard">;
export type MetricDefinition = Board["definitions"][string];
export type BoardRow = Board["service"][number];
export type MetricRow = Item<Answer<"listMetricRows">>;

export type MailAddress = Item<Answer<"listMailAddresses">>;
export type MailAccount = Item<Answer<"listMailAccounts">>;
export type LedgerEntry = Item<Answer<"listMailLedger">>;

export interface LiveInteraction {
  id: string;
  kind: string;
  customerId: string | null;
  conversationId: string | null;
  orderId: string | null;
  memberId: string | null;
  occurredAt: string;
}

export type LiveMessage =
  | { type: "hello"; position: number }
  | { type: "interactions"; position: number; items: LiveInteraction[] }
  | { type: "behind"; position?: number };

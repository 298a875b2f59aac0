/** What the API answers with. Times are ISO 8601, ids are public ids such as `con_3f`. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type Role = "owner" | "admin" | "agent" | "viewer";
export type Initiative = "reactive" | "proactive";
export type Priority = "low" | "normal" | "high" | "urgent";
export type Direction = "in" | "out" | null;

export interface Person {
  id: string;
  name: string;
}

export interface Session {
  member: Person & { email: string; role: Role };
  workspace: Person & { sample: boolean };
  permissions: string[];
}

export interface LinePoint {
  at: string;
  score: number;
  delta: number;
  initiative: Initiative;
}

export interface CustomerBrief {
  id: string;
  name: string | null;
  email: string | null;
}

export interface Customer extends CustomerBrief {
  score: number | null;
  low: number | null;
  high: number | null;
  atRisk: boolean;
  lastInteractionAt: string | null;
  line: LinePoint[];
  phone?: string | null;
  company?: string | null;
  language?: string | null;
  createdAt?: string;
}

export interface TimelineItem {
  id: string;
  kind: string;
  occurredAt: string;
  receivedAt: string;
  channel: string | null;
  touchpoint: string | null;
  stage: string | null;
  initiative: Initiative;
  member: Person | null;
  conversationId: string | null;
  orderId: string | null;
  properties: Record<string, unknown>;
  points: number | null;
}

export interface Contribution {
  interactionId: string;
  reason: string;
  points: number;
  at: string;
}

export interface ExperiencePoint {
  at: string;
  score: number;
  low: number;
  high: number;
  points: number;
  reason: string;
  initiative: Initiative;
  interactionId: string;
  stage?: string | null;
}

export interface Experience {
  score: number | null;
  low: number | null;
  high: number | null;
  atRisk: boolean;
  contributions: Contribution[];
  poorExperiences: Contribution[];
  line: ExperiencePoint[];
}

export interface Order {
  id: string;
  number: string;
  state: string;
  total: number | null;
  currency: string | null;
  placedAt: string;
  promisedAt: string | null;
  deliveredAt: string | null;
  items: { name: string; quantity: number }[];
}

export interface Consent {
  channel: string;
  class: string;
  state: "given" | "withdrawn" | "unknown";
  source: string | null;
  at: string | null;
  wording: string | null;
}

export interface Deadline {
  kind: string;
  at: string;
  startedAt: string;
  state: "running" | "paused" | "met" | "missed";
  explanation: string;
}

export interface Conversation {
  id: string;
  subject: string;
  status: "open" | "closed";
  customer: CustomerBrief;
  assignee: Person | null;
  channel: string;
  lastMessageAt: string;
  preview: string;
  unread: boolean;
  priority: Priority;
  tags: string[];
  deadline: Deadline | null;
  reason: string | null;
  line: LinePoint[];
}

export interface ConversationDetail extends Conversation {
  queueLength: number | null;
  draft: { text: string; savedAt: string } | null;
}

export interface Counts {
  mine: number;
  unassigned: number;
  open: number;
  closed: number;
  proposed: number;
}

export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  url: string;
}

export interface Message {
  id: string;
  direction: Direction;
  kind: "message" | "reply" | "note" | "automatic";
  author: { kind: "customer" | "member" | "system"; id: string | null; name: string };
  text: string;
  wholeText: string;
  html: string | null;
  htmlHasRemoteImages: boolean;
  attachments: Attachment[];
  delivery: { state: "queued" | "sent" | "delivered" | "bounced" | "failed" | "kept"; detail: string | null } | null;
  authentication: { spf: string | null; dkim: string | null; dmarc: string | null } | null;
  createdAt: string;
}

export interface Proposal {
  id: string;
  kind: string;
  state: string;
  customer: CustomerBrief;
  order: { id: string; number: string; promisedAt: string | null; deliveredAt?: string | null } | null;
  subject: string;
  text: string;
  reason: string;
  coupon: { drawn: boolean; heldOut: boolean; code: string | null } | null;
  withheld: { reason: string } | null;
  createdAt: string;
}

export interface BoardRow {
  metric: string;
  name: string;
  value: number | null;
  unit: "minutes" | "percent" | "count" | "score";
  low: number | null;
  high: number | null;
  n: number;
  note: string | null;
  series: { week: string; value: number | null }[];
  change: { value: number; significant: boolean; better: boolean } | null;
}

export interface GapItem {
  customer: CustomerBrief;
  rating: number;
  ratedAt: string;
  before: number;
  after: number;
  fell: number;
  causes: { reason: string; points: number; interactionId: string }[];
}

export interface MetricDefinition {
  name: string;
  question: string;
  numerator: string;
  denominator: string;
  clock: string;
  exclusions: string;
  interval: string;
  version: number | string;
}

export interface Board {
  period: { from: string; to: string; previousFrom: string; previousTo: string };
  trend: { week: string; score: number | null; low: number | null; high: number | null; n: number; weWrote: number; theyWrote: number }[];
  service: BoardRow[];
  experience: BoardRow[];
  distribution: { from: number; to: number; count: number }[];
  gap: { count: number; rated: number; items: GapItem[]; causes: { reason: string; customers: number; points: number }[] };
  definitions: Record<string, MetricDefinition>;
}

export interface MetricRow {
  conversationId: string | null;
  customer: CustomerBrief | null;
  subject: string | null;
  at: string;
  value: number | null;
}

export interface Member extends Person {
  email: string;
  role: Role;
  state?: "active" | "invited";
}

export interface ApiKey {
  id: string;
  name: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
}

export interface MailAddress {
  id: string;
  address: string;
}

export interface MailAccount {
  id: string;
  name: string;
  host: string;
  port: number;
  user: string;
  state: string;
  detail: string | null;
}

export interface LedgerEntry {
  id: string;
  receivedAt: string;
  from: string | null;
  to: string[] | null;
  subject: string | null;
  size: number;
  outcome: string;
  reason: string | null;
  conversationId: string | null;
}

export interface Ledger extends Page<LedgerEntry> {
  totals: Record<string, number>;
}

export interface OrderSource {
  id: string;
  name: string;
  kind: string;
  url: string;
}

export interface WorkspaceSettings extends Person {
  surveys: "notice" | "opt-in" | "off";
  coupon: { enabled: boolean; code: string | null } | null;
  sample: boolean;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  action: string;
  subject: string;
}

/** What the live connection says. */
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

// Written from the catalogue by "npm run schema". Do not edit: write a migration.
// migrations: 4ac363a20e74251a1b98452c381c9578afff2ef95957755e45c4b4248a4302e4
import type { ColumnType, Generated, GeneratedAlways } from "kysely";

export interface ApiKeysTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  name: string;
  hint: string;
  key_hash: Buffer;
  scopes: string[];
  created_by: number | null;
  created_at: Generated<Date>;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export interface AttachmentsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  message_id: number | null;
  digest: string;
  name: string;
  type: string;
  size: number;
  content_id: string | null;
  token: string;
  uploaded_by: number | null;
  created_at: Date;
}

export interface AuditEntriesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  at: Date;
  actor_kind: string;
  actor_id: number | null;
  actor_name: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
}

export interface AuthAccountsTable {
  id: string;
  user_id: string;
  account_id: string;
  provider_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Date | null;
  refresh_token_expires_at: Date | null;
  scope: string | null;
  password: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface AuthRateLimitsTable {
  id: string;
  key: string;
  count: number;
  last_request: number;
}

export interface AuthSessionsTable {
  id: string;
  user_id: string;
  token: string;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface AuthTwoFactorsTable {
  id: string;
  user_id: string;
  secret: string;
  backup_codes: string;
  verified: Generated<boolean>;
  failed_verification_count: Generated<number>;
  locked_until: Date | null;
}

export interface AuthUsersTable {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  two_factor_enabled: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface AuthVerificationsTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: Date;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface AutomaticMailCountsTable {
  workspace_id: number;
  address: string;
  hour: Date;
  sent: number;
}

export interface CollectedHoursTable {
  workspace_id: number;
  origin: string;
  hour: Date;
  taken: Generated<number>;
  repeated: Generated<number>;
  refused: Generated<number>;
  newest: Generated<number[]>;
}

export interface ConsentsTable {
  id: GeneratedAlways<number>;
  customer_id: number;
  workspace_id: number;
  channel: string;
  class: string;
  granted: boolean;
  source: string;
  wording: string;
  given_at: Date;
}

export interface ContactFactsTable {
  position: number;
  workspace_id: number;
  customer_id: number;
  at: Date;
  we_wrote_first: boolean;
  written_for: number;
}

export interface ConversationFactsTable {
  conversation_id: number;
  workspace_id: number;
  customer_id: number;
  channel: string | null;
  began: string;
  arrived_at: Date;
  queue_length: number | null;
  first_response_at: Date | null;
  first_response_minutes: number | null;
  first_response_business_minutes: number | null;
  first_response_kept: boolean | null;
  first_closed_at: Date | null;
  last_closed_at: Date | null;
  is_closed: Generated<boolean>;
  closings: Generated<number>;
  reopenings: Generated<number>;
  asked_at: Date | null;
  withheld_because: string | null;
  rating: number | null;
  comment: string | null;
  rated_at: Date | null;
  member_id: number | null;
  written_for: number;
}

export interface ConversationReadsTable {
  conversation_id: number;
  member_id: number;
  workspace_id: number;
  message_id: number;
}

export interface ConversationsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  customer_id: number;
  subject: string;
  status: Generated<string>;
  channel: string;
  began: string;
  priority: Generated<string>;
  assignee_id: number | null;
  tags: Generated<string[]>;
  mail_address_id: number | null;
  opened_at: Date;
  last_message_at: Date;
  preview: Generated<string>;
  waiting_since: Date | null;
  due_at: Date | null;
  due_kind: string | null;
  first_response_at: Date | null;
  first_response_due_at: Date | null;
  resolution_due_at: Date | null;
  closed_at: Date | null;
  first_closed_at: Date | null;
  reopened: Generated<number>;
  last_inbound_id: Generated<number>;
  due_hour: Generated<Date>;
  at_risk: Generated<boolean>;
  search: Generated<string>;
}

export interface CustomerAliasesTable {
  customer_id: number;
  workspace_id: number;
  root_id: number;
}

export interface CustomerFactsTable {
  customer_id: number;
  fact_id: number;
  workspace_id: number;
  state: unknown;
}

export interface CustomersTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  time_zone: string | null;
  address_as: string | null;
  access_needs: string | null;
  organization_id: number | null;
  fields: Generated<unknown>;
  at_risk: Generated<boolean>;
  first_seen_at: Date;
  last_seen_at: Date;
  created_at: Generated<Date>;
  search: GeneratedAlways<string | null>;
  erased_at: Date | null;
}

export interface DraftsTable {
  conversation_id: number;
  member_id: number;
  workspace_id: number;
  text: string;
  saved_at: Date;
}

export interface EmailDeliveriesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  customer_id: number;
  conversation_id: number | null;
  message_id: number | null;
  to_address: string;
  from_address: string | null;
  subject: string;
  class: string;
  automatic: boolean;
  internet_message_id: string | null;
  digest: string | null;
  state: string;
  detail: string | null;
  attempts: Generated<number>;
  queued_at: Date;
  next_try_at: Date | null;
  sent_at: Date | null;
  changed_at: Date;
}

export interface EmailMessagesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  ledger_id: number;
  content_digest: Buffer;
  internet_message_id: string | null;
  reference_ids: string[];
  from_address: string | null;
  subject: string;
  class: string;
  why: string;
  authentication: unknown;
  customer_id: number | null;
  conversation_id: number | null;
  message_id: number | null;
  received_at: Date;
}

export interface ErasuresTable {
  id: string;
  workspace_id: number;
  customer_id: number;
  hashes: Buffer[];
  counts: unknown;
  erased_at: Date;
}

export interface EventMappingsTable {
  workspace_id: number;
  source_id: Generated<number>;
  event: string;
  touchpoint: string | null;
  stage: string | null;
  driver: string | null;
  control: string | null;
  initiative: string | null;
}

export interface EvidenceTable {
  customer_id: number;
  position: number;
  workspace_id: number;
  at: Date;
  episode: string;
  kind: string;
  reason: string;
  initiative: string;
  valence: number;
  weight: number;
  score_before: number;
  score_after: number;
  low: number;
  high: number;
  good_after: number;
  bad_after: number;
  pieces_after: number;
  written_for: number;
}

export interface ExperienceEpisodesTable {
  customer_id: number;
  episode: string;
  workspace_id: number;
  weight: number;
  good: number;
  bad: number;
  feeling: number;
  poor: boolean;
  last_at: Date;
}

export interface ExperienceScoresTable {
  customer_id: number;
  workspace_id: number;
  good: number;
  bad: number;
  pieces: number;
  last_at: Date;
  last_position: number;
  at_risk: Generated<boolean>;
}

export interface FormerPersonsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  customer_id: number;
  members: number[];
  ended_at: Date;
  memberships: unknown;
}

export interface HookBodiesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  hook_id: number;
  at: Date;
  body: string;
  customer_ids: number[];
}

export interface HooksTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  name: string;
  token: string;
  mapping: string;
  created_at: Date;
  removed_at: Date | null;
}

export interface IdempotencyKeysTable {
  workspace_id: number;
  key: string;
  request_hash: Buffer;
  status: number | null;
  body: unknown;
  created_at: Generated<Date>;
}

export interface IdentitiesTable {
  customer_id: number;
  workspace_id: number;
  kind: string;
  value: string;
  shown: string;
  source: string;
  verified: Generated<boolean>;
  first_seen_at: Date;
}

export interface IdentityRulesTable {
  workspace_id: number;
  blocked: Generated<unknown>;
  limits: Generated<unknown>;
  merges_per_hour: number | null;
  allowed: Generated<unknown>;
}

export interface ImportRefusalsTable {
  import_id: number;
  workspace_id: number;
  line: number;
  reason: string;
  text: string;
  whose: Generated<string[]>;
}

export interface ImportSeenTable {
  import_id: number;
  workspace_id: number;
  key: string;
  content: string;
}

export interface ImportWordsTable {
  workspace_id: number;
  customer_id: number;
  file: string;
  word: string;
  line: number;
  noted_at: Date;
}

export interface ImportsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  thing: string;
  name: string;
  digest: string;
  size: number;
  format: string;
  encoding: string;
  delimiter: string | null;
  columns: unknown;
  sample: unknown;
  mapping: unknown;
  state: string;
  position: number;
  line: number;
  new_count: Generated<number>;
  changed_count: Generated<number>;
  unchanged_count: Generated<number>;
  refused_count: Generated<number>;
  trial: unknown;
  error: string | null;
  created_by: string;
  created_at: Date;
  ended_at: Date | null;
  content_hash: string | null;
}

export interface InteractionKeysTable {
  workspace_id: number;
  source_key: string;
}

export interface InteractionsTable {
  position: Generated<number>;
  workspace_id: number;
  customer_id: number;
  kind: string;
  occurred_at: Date;
  received_at: Date;
  initiative: string | null;
  channel: string | null;
  stage: string | null;
  touchpoint_id: number | null;
  member_id: number | null;
  conversation_id: number | null;
  order_id: number | null;
  source: string | null;
  source_key: string | null;
  properties: Generated<unknown>;
}

export interface InvitationsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  email: string;
  role: string;
  token_hash: Buffer;
  invited_by: number | null;
  created_at: Generated<Date>;
  expires_at: Date;
  accepted_at: Date | null;
  withdrawn_at: Date | null;
}

export interface ListenerCursorsTable {
  listener: string;
  partition: number;
  position: Generated<number>;
  moved_at: Generated<Date>;
}

export interface MailAccountsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  host: string;
  port: number;
  security: string;
  username: string;
  auth_kind: string;
  secret_sealed: string;
  mailbox: Generated<string>;
  uid_validity: number | null;
  last_uid: Generated<number>;
  state: Generated<string>;
  last_error: string | null;
  last_seen_at: Date | null;
  created_at: Generated<Date>;
}

export interface MailAddressesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  address: string;
  name: string | null;
  created_at: Generated<Date>;
}

export interface MailLedgerTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  digest: string;
  size: number;
  via: string;
  peer_ip: string | null;
  peer_name: string | null;
  account_id: number | null;
  envelope_from: string | null;
  envelope_to: string[];
  mail_address_id: number | null;
  received_at: Date;
  outcome: Generated<string>;
  reason: string | null;
  attempts: Generated<number>;
  conversation_id: number | null;
  message_id: number | null;
  decided_at: Date | null;
  erased: Generated<boolean>;
}

export interface MembersTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  user_id: string | null;
  name: string;
  email: string;
  role: string;
  on_shift: Generated<boolean>;
  created_at: Generated<Date>;
  removed_at: Date | null;
}

export interface MergeSuggestionsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  one_id: number;
  other_id: number;
  kind: string;
  score: number | null;
  reasons: Generated<unknown>;
  times: Generated<number>;
  suggested_at: Date;
  decided_at: Date | null;
  decision: string | null;
}

export interface MergesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  from_id: number;
  into_id: number;
  reason: string;
  source: string;
  member_id: number | null;
  asked_at: Date;
  merged_at: Date | null;
  undone_at: Date | null;
  undone_by: number | null;
}

export interface MessagesTable {
  id: GeneratedAlways<number>;
  conversation_id: number;
  workspace_id: number;
  customer_id: number;
  kind: string;
  direction: string | null;
  author_kind: string;
  author_id: number | null;
  author_name: string;
  text: string;
  whole_text: string | null;
  html: string | null;
  has_remote_images: Generated<boolean>;
  authentication: unknown;
  delivery_id: number | null;
  delivery_state: string | null;
  delivery_detail: string | null;
  created_at: Date;
}

export interface OrderEventsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  source_id: number;
  event_key: string;
  topic: string;
  order_external_id: string | null;
  body: unknown;
  received_at: Date;
  outcome: string;
}

export interface OrderFactsTable {
  order_id: number;
  workspace_id: number;
  customer_id: number;
  number: string | null;
  placed_at: Date | null;
  promised_at: Date | null;
  delivered_at: Date | null;
  late_at: Date | null;
  cancelled_at: Date | null;
  written_for: number;
}

export interface OrderSourcesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  kind: string;
  name: string;
  token: string;
  secret_sealed: string;
  promised_hours: number | null;
  created_at: Generated<Date>;
  removed_at: Date | null;
}

export interface OrdersTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  customer_id: number;
  source: string;
  external_id: string;
  number: string;
  state: string;
  items: Generated<unknown>;
  total: ColumnType<string, string | number, string | number> | null;
  currency: string | null;
  placed_at: Date;
  promised_at: Date | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  cancelled_at: Date | null;
  late_at: Date | null;
  facts: unknown;
  tracking: string | null;
  updated_at: Date;
  paid_at: Date | null;
  payments: Generated<unknown>;
  shipments: Generated<unknown>;
  returns: Generated<unknown>;
  refunds: Generated<unknown>;
  disputes: Generated<unknown>;
}

export interface OrganizationsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  name: string;
  created_at: Generated<Date>;
}

export interface PastIdentitiesTable {
  customer_id: number;
  workspace_id: number;
  kind: string;
  value: string;
  first_seen_at: Date;
  until: Date;
}

export interface PlaySettingsTable {
  workspace_id: number;
  late_delivery: Generated<boolean>;
  late_subject: string | null;
  late_text: string | null;
  coupon_code: string | null;
  coupon_text: string | null;
}

export interface ProposalsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  play: string;
  customer_id: number;
  order_id: number;
  state: string;
  subject: string;
  text: string;
  reason: string;
  withheld_because: string | null;
  held_out: boolean | null;
  coupon_code: string | null;
  conversation_id: number | null;
  decided_by: number | null;
  decided_at: Date | null;
  created_at: Date;
}

export interface RefusalsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  origin: string;
  at: Date;
  reason: string;
  event: string;
}

export interface RestrictedRecordsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  kind: string;
  order_id: number;
  content: unknown;
  keep_until: string;
}

export interface RetentionRulesTable {
  workspace_id: number;
  kind: string;
  days: number;
}

export interface SealedPartitionsTable {
  first_position: number;
  sealed_at: Date;
}

export interface SegmentFactsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  definition: unknown;
  key: string;
  kept: Generated<boolean>;
}

export interface SegmentMembersTable {
  customer_id: number;
  segment_id: number;
  workspace_id: number;
  since: Date | null;
  due_at: Date | null;
  inherited: Generated<boolean>;
}

export interface SegmentRegistryTable {
  version: number;
}

export interface SegmentTouchesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  customer_id: number;
}

export interface SegmentsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  name: string;
  conditions: unknown;
  state: string;
  version: Generated<number>;
  kept: unknown;
  reads: string[];
  swept_to: Generated<number>;
  swept: Generated<number>;
  persons: Generated<number>;
  created_by: number | null;
  created_at: Date;
  changed_at: Date;
  computed_at: Date | null;
}

export interface ServiceLevelsTable {
  workspace_id: number;
  first_response_minutes: Generated<number>;
  next_response_minutes: Generated<number>;
  resolution_minutes: Generated<number>;
  hours: unknown;
  holidays: Generated<string[]>;
}

export interface SetAsideInteractionsTable {
  listener: string;
  position: number;
  customer_id: number;
  workspace_id: number;
  error: string;
  tries: number;
  set_aside_at: Generated<Date>;
}

export interface SourcesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  name: string;
  kind: string;
  hint: string;
  key_hash: Buffer;
  old_key_hash: Buffer | null;
  old_key_until: Date | null;
  created_by: number | null;
  created_at: Date;
  rotated_at: Date | null;
  revoked_at: Date | null;
}

export interface StagesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  key: string;
  name: string;
  rank: number;
}

export interface StatusIntervalsTable {
  conversation_id: number;
  workspace_id: number;
  status: string;
  began_at: Date;
  ended_at: Date | null;
}

export interface SuppressionsTable {
  workspace_id: number;
  channel: string;
  address: string;
  class: string;
  reason: string;
  source: string;
  suppressed_at: Date;
  lifted_at: Date | null;
}

export interface SurveyAsksTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  conversation_id: number;
  customer_id: number;
  member_id: number | null;
  token: string;
  state: string;
  reason: string | null;
  deferred_until: Date | null;
  deferrals: Generated<number>;
  first_due_at: Date;
  sent_at: Date | null;
  delivery_id: number | null;
}

export interface SurveyPressesTable {
  ask_id: number;
  workspace_id: number;
  rating: number;
  pressed_at: Date;
}

export interface SurveyResponsesTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  ask_id: number;
  conversation_id: number;
  customer_id: number;
  rating: number | null;
  comment: string | null;
  answered_at: Date;
  changed_at: Date;
}

export interface SurveySettingsTable {
  workspace_id: number;
  asking: Generated<string>;
}

export interface TouchpointsTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  key: string;
  name: string;
  channel: string;
  stage: string;
  department: string;
  driver: string;
  control: string;
}

export interface WebEventsBlankedTable {
  workspace_id: number;
  up_to: number;
}

export interface WorkspacesTable {
  id: GeneratedAlways<number>;
  name: string;
  sample: Generated<boolean>;
  time_zone: Generated<string>;
  currency: Generated<string>;
  locale: Generated<string>;
  signing_key: Buffer;
  created_at: Generated<Date>;
}

export interface DB {
  api_keys: ApiKeysTable;
  attachments: AttachmentsTable;
  audit_entries: AuditEntriesTable;
  auth_accounts: AuthAccountsTable;
  auth_rate_limits: AuthRateLimitsTable;
  auth_sessions: AuthSessionsTable;
  auth_two_factors: AuthTwoFactorsTable;
  auth_users: AuthUsersTable;
  auth_verifications: AuthVerificationsTable;
  automatic_mail_counts: AutomaticMailCountsTable;
  collected_hours: CollectedHoursTable;
  consents: ConsentsTable;
  contact_facts: ContactFactsTable;
  conversation_facts: ConversationFactsTable;
  conversation_reads: ConversationReadsTable;
  conversations: ConversationsTable;
  customer_aliases: CustomerAliasesTable;
  customer_facts: CustomerFactsTable;
  customers: CustomersTable;
  drafts: DraftsTable;
  email_deliveries: EmailDeliveriesTable;
  email_messages: EmailMessagesTable;
  erasures: ErasuresTable;
  event_mappings: EventMappingsTable;
  evidence: EvidenceTable;
  experience_episodes: ExperienceEpisodesTable;
  experience_scores: ExperienceScoresTable;
  former_persons: FormerPersonsTable;
  hook_bodies: HookBodiesTable;
  hooks: HooksTable;
  idempotency_keys: IdempotencyKeysTable;
  identities: IdentitiesTable;
  identity_rules: IdentityRulesTable;
  import_refusals: ImportRefusalsTable;
  import_seen: ImportSeenTable;
  import_words: ImportWordsTable;
  imports: ImportsTable;
  interaction_keys: InteractionKeysTable;
  interactions: InteractionsTable;
  invitations: InvitationsTable;
  listener_cursors: ListenerCursorsTable;
  mail_accounts: MailAccountsTable;
  mail_addresses: MailAddressesTable;
  mail_ledger: MailLedgerTable;
  members: MembersTable;
  merge_suggestions: MergeSuggestionsTable;
  merges: MergesTable;
  messages: MessagesTable;
  order_events: OrderEventsTable;
  order_facts: OrderFactsTable;
  order_sources: OrderSourcesTable;
  orders: OrdersTable;
  organizations: OrganizationsTable;
  past_identities: PastIdentitiesTable;
  play_settings: PlaySettingsTable;
  proposals: ProposalsTable;
  refusals: RefusalsTable;
  restricted_records: RestrictedRecordsTable;
  retention_rules: RetentionRulesTable;
  sealed_partitions: SealedPartitionsTable;
  segment_facts: SegmentFactsTable;
  segment_members: SegmentMembersTable;
  segment_registry: SegmentRegistryTable;
  segment_touches: SegmentTouchesTable;
  segments: SegmentsTable;
  service_levels: ServiceLevelsTable;
  set_aside_interactions: SetAsideInteractionsTable;
  sources: SourcesTable;
  stages: StagesTable;
  status_intervals: StatusIntervalsTable;
  suppressions: SuppressionsTable;
  survey_asks: SurveyAsksTable;
  survey_presses: SurveyPressesTable;
  survey_responses: SurveyResponsesTable;
  survey_settings: SurveySettingsTable;
  touchpoints: TouchpointsTable;
  web_events_blanked: WebEventsBlankedTable;
  workspaces: WorkspacesTable;
}

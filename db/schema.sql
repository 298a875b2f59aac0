-- Written from the catalogue by "npm run schema". Do not edit: write a migration.
-- migrations: 4ac363a20e74251a1b98452c381c9578afff2ef95957755e45c4b4248a4302e4

CREATE SEQUENCE interactions_changes AS bigint INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 START 1 CACHE 1;

CREATE SEQUENCE interactions_position AS bigint INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 START 1 CACHE 1;

CREATE TABLE api_keys (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  name text NOT NULL,
  hint text NOT NULL,
  key_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_by bigint,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT api_keys_pkey PRIMARY KEY (id),
  CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash)
);

CREATE TABLE attachments (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  message_id bigint,
  digest text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  size integer NOT NULL,
  content_id text,
  token text NOT NULL,
  uploaded_by bigint,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT attachments_pkey PRIMARY KEY (id),
  CONSTRAINT attachments_token_key UNIQUE (token)
);

CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_kind text NOT NULL,
  actor_id bigint,
  actor_name text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  before jsonb,
  after jsonb,
  CONSTRAINT audit_entries_pkey PRIMARY KEY (id),
  CONSTRAINT audit_entries_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['member'::text, 'key'::text, 'system'::text])))
);

CREATE TABLE auth_accounts (
  id text NOT NULL,
  user_id text NOT NULL,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT auth_accounts_pkey PRIMARY KEY (id)
);

CREATE TABLE auth_rate_limits (
  id text NOT NULL,
  key text NOT NULL,
  count integer NOT NULL,
  last_request bigint NOT NULL,
  CONSTRAINT auth_rate_limits_pkey PRIMARY KEY (id),
  CONSTRAINT auth_rate_limits_key_key UNIQUE (key)
);

CREATE TABLE auth_sessions (
  id text NOT NULL,
  user_id text NOT NULL,
  token text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT auth_sessions_pkey PRIMARY KEY (id),
  CONSTRAINT auth_sessions_token_key UNIQUE (token)
);

CREATE TABLE auth_two_factors (
  id text NOT NULL,
  user_id text NOT NULL,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean DEFAULT true NOT NULL,
  failed_verification_count integer DEFAULT 0 NOT NULL,
  locked_until timestamp with time zone,
  CONSTRAINT auth_two_factors_pkey PRIMARY KEY (id)
);

CREATE TABLE auth_users (
  id text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  email_verified boolean DEFAULT false NOT NULL,
  image text,
  two_factor_enabled boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT auth_users_pkey PRIMARY KEY (id),
  CONSTRAINT auth_users_email_key UNIQUE (email)
);

CREATE TABLE auth_verifications (
  id text NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT auth_verifications_pkey PRIMARY KEY (id)
);

CREATE TABLE automatic_mail_counts (
  workspace_id bigint NOT NULL,
  address text NOT NULL,
  hour timestamp with time zone NOT NULL,
  sent integer NOT NULL,
  CONSTRAINT automatic_mail_counts_pkey PRIMARY KEY (workspace_id, address, hour)
);

CREATE TABLE collected_hours (
  workspace_id bigint NOT NULL,
  origin text NOT NULL,
  hour timestamp with time zone NOT NULL,
  taken bigint DEFAULT 0 NOT NULL,
  repeated bigint DEFAULT 0 NOT NULL,
  refused bigint DEFAULT 0 NOT NULL,
  newest bigint[] DEFAULT '{}'::bigint[] NOT NULL,
  CONSTRAINT collected_hours_pkey PRIMARY KEY (workspace_id, origin, hour)
);

CREATE TABLE consents (
  id bigint GENERATED ALWAYS AS IDENTITY,
  customer_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  channel text NOT NULL,
  class text NOT NULL,
  granted boolean NOT NULL,
  source text NOT NULL,
  wording text NOT NULL,
  given_at timestamp with time zone NOT NULL,
  CONSTRAINT consents_pkey PRIMARY KEY (id),
  CONSTRAINT consents_class_check CHECK ((class = ANY (ARRAY['survey'::text, 'marketing'::text])))
);

CREATE TABLE contact_facts (
  position bigint NOT NULL,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  we_wrote_first boolean NOT NULL,
  written_for bigint NOT NULL,
  CONSTRAINT contact_facts_pkey PRIMARY KEY ("position")
);

CREATE TABLE conversation_facts (
  conversation_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  channel text,
  began text NOT NULL,
  arrived_at timestamp with time zone NOT NULL,
  queue_length integer,
  first_response_at timestamp with time zone,
  first_response_minutes double precision,
  first_response_business_minutes double precision,
  first_response_kept boolean,
  first_closed_at timestamp with time zone,
  last_closed_at timestamp with time zone,
  is_closed boolean DEFAULT false NOT NULL,
  closings integer DEFAULT 0 NOT NULL,
  reopenings integer DEFAULT 0 NOT NULL,
  asked_at timestamp with time zone,
  withheld_because text,
  rating integer,
  comment text,
  rated_at timestamp with time zone,
  member_id bigint,
  written_for bigint NOT NULL,
  CONSTRAINT conversation_facts_pkey PRIMARY KEY (conversation_id)
);

CREATE TABLE conversation_reads (
  conversation_id bigint NOT NULL,
  member_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  message_id bigint NOT NULL,
  CONSTRAINT conversation_reads_pkey PRIMARY KEY (conversation_id, member_id)
);

CREATE TABLE conversations (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  subject text NOT NULL,
  status text DEFAULT 'open'::text NOT NULL,
  channel text NOT NULL,
  began text NOT NULL,
  priority text DEFAULT 'normal'::text NOT NULL,
  assignee_id bigint,
  tags text[] DEFAULT '{}'::text[] NOT NULL,
  mail_address_id bigint,
  opened_at timestamp with time zone NOT NULL,
  last_message_at timestamp with time zone NOT NULL,
  preview text DEFAULT ''::text NOT NULL,
  waiting_since timestamp with time zone,
  due_at timestamp with time zone,
  due_kind text,
  first_response_at timestamp with time zone,
  first_response_due_at timestamp with time zone,
  resolution_due_at timestamp with time zone,
  closed_at timestamp with time zone,
  first_closed_at timestamp with time zone,
  reopened integer DEFAULT 0 NOT NULL,
  last_inbound_id bigint DEFAULT 0 NOT NULL,
  due_hour timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
  at_risk boolean DEFAULT false NOT NULL,
  search tsvector DEFAULT ''::tsvector NOT NULL,
  CONSTRAINT conversations_pkey PRIMARY KEY (id),
  CONSTRAINT conversations_began_check CHECK ((began = ANY (ARRAY['customer'::text, 'member'::text]))),
  CONSTRAINT conversations_due_kind_check CHECK ((due_kind = ANY (ARRAY['first response'::text, 'next response'::text]))),
  CONSTRAINT conversations_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text]))),
  CONSTRAINT conversations_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);

CREATE TABLE customer_aliases (
  customer_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  root_id bigint NOT NULL,
  CONSTRAINT customer_aliases_pkey PRIMARY KEY (customer_id)
);

CREATE TABLE customer_facts (
  customer_id bigint NOT NULL,
  fact_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  state jsonb NOT NULL,
  CONSTRAINT customer_facts_pkey PRIMARY KEY (customer_id, fact_id)
);

CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  name text,
  email text,
  phone text,
  locale text,
  time_zone text,
  address_as text,
  access_needs text,
  organization_id bigint,
  fields jsonb DEFAULT '{}'::jsonb NOT NULL,
  at_risk boolean DEFAULT false NOT NULL,
  first_seen_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((((COALESCE(name, ''::text) || ' '::text) || COALESCE(email, ''::text)) || ' '::text) || regexp_replace(COALESCE(email, ''::text), '[^[:alnum:]]+'::text, ' '::text, 'g'::text)))) STORED,
  erased_at timestamp with time zone,
  CONSTRAINT customers_pkey PRIMARY KEY (id)
);

CREATE TABLE drafts (
  conversation_id bigint NOT NULL,
  member_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  text text NOT NULL,
  saved_at timestamp with time zone NOT NULL,
  CONSTRAINT drafts_pkey PRIMARY KEY (conversation_id, member_id)
);

CREATE TABLE email_deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  conversation_id bigint,
  message_id bigint,
  to_address text NOT NULL,
  from_address text,
  subject text NOT NULL,
  class text NOT NULL,
  automatic boolean NOT NULL,
  internet_message_id text,
  digest text,
  state text NOT NULL,
  detail text,
  attempts integer DEFAULT 0 NOT NULL,
  queued_at timestamp with time zone NOT NULL,
  next_try_at timestamp with time zone,
  sent_at timestamp with time zone,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT email_deliveries_pkey PRIMARY KEY (id),
  CONSTRAINT email_deliveries_class_check CHECK ((class = ANY (ARRAY['safety'::text, 'transactional'::text, 'service'::text, 'survey'::text, 'marketing'::text]))),
  CONSTRAINT email_deliveries_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'bounced'::text, 'failed'::text, 'kept'::text, 'withheld'::text])))
);

CREATE TABLE email_messages (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  ledger_id bigint NOT NULL,
  content_digest bytea NOT NULL,
  internet_message_id text,
  reference_ids text[] NOT NULL,
  from_address text,
  subject text NOT NULL,
  class text NOT NULL,
  why text NOT NULL,
  authentication jsonb,
  customer_id bigint,
  conversation_id bigint,
  message_id bigint,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT email_messages_pkey PRIMARY KEY (id),
  CONSTRAINT email_messages_workspace_id_content_digest_key UNIQUE (workspace_id, content_digest),
  CONSTRAINT email_messages_class_check CHECK ((class = ANY (ARRAY['customer'::text, 'bounce'::text, 'complaint'::text, 'auto-reply'::text, 'mailing-list'::text])))
);

CREATE TABLE erasures (
  id uuid NOT NULL,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  hashes bytea[] NOT NULL,
  counts jsonb NOT NULL,
  erased_at timestamp with time zone NOT NULL,
  CONSTRAINT erasures_pkey PRIMARY KEY (id)
);

CREATE TABLE event_mappings (
  workspace_id bigint NOT NULL,
  source_id bigint DEFAULT 0 NOT NULL,
  event text NOT NULL,
  touchpoint text,
  stage text,
  driver text,
  control text,
  initiative text,
  CONSTRAINT event_mappings_pkey PRIMARY KEY (workspace_id, source_id, event),
  CONSTRAINT event_mappings_control_check CHECK ((control = ANY (ARRAY['direct'::text, 'influenced'::text, 'external'::text]))),
  CONSTRAINT event_mappings_driver_check CHECK ((driver = ANY (ARRAY['people'::text, 'process'::text, 'product'::text]))),
  CONSTRAINT event_mappings_initiative_check CHECK ((initiative = ANY (ARRAY['reactive'::text, 'proactive'::text])))
);

CREATE TABLE evidence (
  customer_id bigint NOT NULL,
  position bigint NOT NULL,
  workspace_id bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  episode text NOT NULL,
  kind text NOT NULL,
  reason text NOT NULL,
  initiative text NOT NULL,
  valence double precision NOT NULL,
  weight double precision NOT NULL,
  score_before double precision NOT NULL,
  score_after double precision NOT NULL,
  low double precision NOT NULL,
  high double precision NOT NULL,
  good_after double precision NOT NULL,
  bad_after double precision NOT NULL,
  pieces_after integer NOT NULL,
  written_for bigint NOT NULL,
  CONSTRAINT evidence_pkey PRIMARY KEY (customer_id, "position")
);

CREATE TABLE experience_episodes (
  customer_id bigint NOT NULL,
  episode text NOT NULL,
  workspace_id bigint NOT NULL,
  weight double precision NOT NULL,
  good double precision NOT NULL,
  bad double precision NOT NULL,
  feeling double precision NOT NULL,
  poor boolean NOT NULL,
  last_at timestamp with time zone NOT NULL,
  CONSTRAINT experience_episodes_pkey PRIMARY KEY (customer_id, episode)
);

CREATE TABLE experience_scores (
  customer_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  good double precision NOT NULL,
  bad double precision NOT NULL,
  pieces integer NOT NULL,
  last_at timestamp with time zone NOT NULL,
  last_position bigint NOT NULL,
  at_risk boolean DEFAULT false NOT NULL,
  CONSTRAINT experience_scores_pkey PRIMARY KEY (customer_id)
);

CREATE TABLE former_persons (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  members bigint[] NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  memberships jsonb NOT NULL,
  CONSTRAINT former_persons_pkey PRIMARY KEY (id)
);

CREATE TABLE hook_bodies (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  hook_id bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  body text NOT NULL,
  customer_ids bigint[] NOT NULL,
  CONSTRAINT hook_bodies_pkey PRIMARY KEY (id)
);

CREATE TABLE hooks (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  name text NOT NULL,
  token text NOT NULL,
  mapping text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone,
  CONSTRAINT hooks_pkey PRIMARY KEY (id),
  CONSTRAINT hooks_token_key UNIQUE (token)
);

CREATE TABLE idempotency_keys (
  workspace_id bigint NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status integer,
  body jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (workspace_id, key)
);

CREATE TABLE identities (
  customer_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  shown text NOT NULL,
  source text NOT NULL,
  verified boolean DEFAULT false NOT NULL,
  first_seen_at timestamp with time zone NOT NULL,
  CONSTRAINT identities_pkey PRIMARY KEY (workspace_id, kind, value)
);

CREATE TABLE identity_rules (
  workspace_id bigint NOT NULL,
  blocked jsonb DEFAULT '[]'::jsonb NOT NULL,
  limits jsonb DEFAULT '{}'::jsonb NOT NULL,
  merges_per_hour integer,
  allowed jsonb DEFAULT '[]'::jsonb NOT NULL,
  CONSTRAINT identity_rules_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE import_refusals (
  import_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  line bigint NOT NULL,
  reason text NOT NULL,
  text text NOT NULL,
  whose text[] DEFAULT '{}'::text[] NOT NULL,
  CONSTRAINT import_refusals_pkey PRIMARY KEY (import_id, line)
);

CREATE TABLE import_seen (
  import_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  key uuid NOT NULL,
  content uuid NOT NULL,
  CONSTRAINT import_seen_pkey PRIMARY KEY (import_id, key)
);

CREATE TABLE import_words (
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  file uuid NOT NULL,
  word text NOT NULL,
  line bigint NOT NULL,
  noted_at timestamp with time zone NOT NULL,
  CONSTRAINT import_words_pkey PRIMARY KEY (customer_id, file, word)
);

CREATE TABLE imports (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  thing text NOT NULL,
  name text NOT NULL,
  digest text NOT NULL,
  size bigint NOT NULL,
  format text NOT NULL,
  encoding text NOT NULL,
  delimiter text,
  columns jsonb NOT NULL,
  sample jsonb NOT NULL,
  mapping jsonb NOT NULL,
  state text NOT NULL,
  position bigint NOT NULL,
  line bigint NOT NULL,
  new_count bigint DEFAULT 0 NOT NULL,
  changed_count bigint DEFAULT 0 NOT NULL,
  unchanged_count bigint DEFAULT 0 NOT NULL,
  refused_count bigint DEFAULT 0 NOT NULL,
  trial jsonb,
  error text,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  content_hash text,
  CONSTRAINT imports_pkey PRIMARY KEY (id),
  CONSTRAINT imports_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'ndjson'::text]))),
  CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'trying'::text, 'tried'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  CONSTRAINT imports_thing_check CHECK ((thing = ANY (ARRAY['customers'::text, 'interactions'::text, 'orders'::text])))
);

CREATE TABLE interaction_keys (
  workspace_id bigint NOT NULL,
  source_key uuid NOT NULL,
  CONSTRAINT interaction_keys_pkey PRIMARY KEY (workspace_id, source_key)
);

CREATE TABLE interactions (
  position bigint DEFAULT nextval('interactions_position'::regclass) NOT NULL,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  kind text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  initiative text,
  channel text,
  stage text,
  touchpoint_id bigint,
  member_id bigint,
  conversation_id bigint,
  order_id bigint,
  source text,
  source_key uuid,
  properties jsonb DEFAULT '{}'::jsonb NOT NULL,
  CONSTRAINT interactions_pkey PRIMARY KEY ("position"),
  CONSTRAINT interactions_initiative_check CHECK ((initiative = ANY (ARRAY['reactive'::text, 'proactive'::text])))
) PARTITION BY RANGE ("position");

CREATE TABLE invitations (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  token_hash bytea NOT NULL,
  invited_by bigint,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  CONSTRAINT invitations_pkey PRIMARY KEY (id),
  CONSTRAINT invitations_token_hash_key UNIQUE (token_hash),
  CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'agent'::text, 'viewer'::text])))
);

CREATE TABLE listener_cursors (
  listener text NOT NULL,
  partition integer NOT NULL,
  position bigint DEFAULT 0 NOT NULL,
  moved_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT listener_cursors_pkey PRIMARY KEY (listener, partition)
);

CREATE TABLE mail_accounts (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  host text NOT NULL,
  port integer NOT NULL,
  security text NOT NULL,
  username text NOT NULL,
  auth_kind text NOT NULL,
  secret_sealed text NOT NULL,
  mailbox text DEFAULT 'INBOX'::text NOT NULL,
  uid_validity bigint,
  last_uid bigint DEFAULT 0 NOT NULL,
  state text DEFAULT 'connecting'::text NOT NULL,
  last_error text,
  last_seen_at timestamp with time zone,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT mail_accounts_pkey PRIMARY KEY (id),
  CONSTRAINT mail_accounts_workspace_id_host_username_mailbox_key UNIQUE (workspace_id, host, username, mailbox),
  CONSTRAINT mail_accounts_auth_kind_check CHECK ((auth_kind = ANY (ARRAY['password'::text, 'token'::text]))),
  CONSTRAINT mail_accounts_security_check CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text]))),
  CONSTRAINT mail_accounts_state_check CHECK ((state = ANY (ARRAY['connecting'::text, 'connected'::text, 'failed'::text])))
);

CREATE TABLE mail_addresses (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  address text NOT NULL,
  name text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT mail_addresses_pkey PRIMARY KEY (id),
  CONSTRAINT mail_addresses_address_key UNIQUE (address)
);

CREATE TABLE mail_ledger (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  digest text NOT NULL,
  size bigint NOT NULL,
  via text NOT NULL,
  peer_ip text,
  peer_name text,
  account_id bigint,
  envelope_from text,
  envelope_to text[] NOT NULL,
  mail_address_id bigint,
  received_at timestamp with time zone NOT NULL,
  outcome text DEFAULT 'pending'::text NOT NULL,
  reason text,
  attempts integer DEFAULT 0 NOT NULL,
  conversation_id bigint,
  message_id bigint,
  decided_at timestamp with time zone,
  erased boolean DEFAULT false NOT NULL,
  CONSTRAINT mail_ledger_pkey PRIMARY KEY (id),
  CONSTRAINT mail_ledger_outcome_check CHECK ((outcome = ANY (ARRAY['pending'::text, 'message'::text, 'automatic'::text, 'bounce'::text, 'complaint'::text, 'duplicate'::text, 'set-aside'::text]))),
  CONSTRAINT mail_ledger_via_check CHECK ((via = ANY (ARRAY['smtp'::text, 'imap'::text])))
);

CREATE TABLE members (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  user_id text,
  name text NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  on_shift boolean DEFAULT true NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  removed_at timestamp with time zone,
  CONSTRAINT members_pkey PRIMARY KEY (id),
  CONSTRAINT members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'agent'::text, 'viewer'::text])))
);

CREATE TABLE merge_suggestions (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  one_id bigint NOT NULL,
  other_id bigint NOT NULL,
  kind text NOT NULL,
  score double precision,
  reasons jsonb DEFAULT '[]'::jsonb NOT NULL,
  times integer DEFAULT 1 NOT NULL,
  suggested_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  decision text,
  CONSTRAINT merge_suggestions_pkey PRIMARY KEY (id),
  CONSTRAINT merge_suggestions_workspace_id_one_id_other_id_key UNIQUE (workspace_id, one_id, other_id),
  CONSTRAINT merge_suggestions_decision_check CHECK ((decision = ANY (ARRAY['merged'::text, 'dismissed'::text]))),
  CONSTRAINT merge_suggestions_kind_check CHECK ((kind = ANY (ARRAY['stopped'::text, 'alike'::text])))
);

CREATE TABLE merges (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  from_id bigint NOT NULL,
  into_id bigint NOT NULL,
  reason text NOT NULL,
  source text NOT NULL,
  member_id bigint,
  asked_at timestamp with time zone NOT NULL,
  merged_at timestamp with time zone,
  undone_at timestamp with time zone,
  undone_by bigint,
  CONSTRAINT merges_pkey PRIMARY KEY (id)
);

CREATE TABLE messages (
  id bigint GENERATED ALWAYS AS IDENTITY,
  conversation_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  kind text NOT NULL,
  direction text,
  author_kind text NOT NULL,
  author_id bigint,
  author_name text NOT NULL,
  text text NOT NULL,
  whole_text text,
  html text,
  has_remote_images boolean DEFAULT false NOT NULL,
  authentication jsonb,
  delivery_id bigint,
  delivery_state text,
  delivery_detail text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT messages_pkey PRIMARY KEY (id),
  CONSTRAINT messages_author_kind_check CHECK ((author_kind = ANY (ARRAY['customer'::text, 'member'::text, 'system'::text]))),
  CONSTRAINT messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  CONSTRAINT messages_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'reply'::text, 'note'::text, 'automatic'::text])))
);

CREATE TABLE order_events (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  source_id bigint NOT NULL,
  event_key text NOT NULL,
  topic text NOT NULL,
  order_external_id text,
  body jsonb NOT NULL,
  received_at timestamp with time zone NOT NULL,
  outcome text NOT NULL,
  CONSTRAINT order_events_pkey PRIMARY KEY (id),
  CONSTRAINT order_events_source_id_event_key_key UNIQUE (source_id, event_key),
  CONSTRAINT order_events_outcome_check CHECK ((outcome = ANY (ARRAY['taken'::text, 'waiting'::text, 'ignored'::text])))
);

CREATE TABLE order_facts (
  order_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  number text,
  placed_at timestamp with time zone,
  promised_at timestamp with time zone,
  delivered_at timestamp with time zone,
  late_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  written_for bigint NOT NULL,
  CONSTRAINT order_facts_pkey PRIMARY KEY (order_id)
);

CREATE TABLE order_sources (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  token text NOT NULL,
  secret_sealed text NOT NULL,
  promised_hours integer,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  removed_at timestamp with time zone,
  CONSTRAINT order_sources_pkey PRIMARY KEY (id),
  CONSTRAINT order_sources_token_key UNIQUE (token),
  CONSTRAINT order_sources_kind_check CHECK ((kind = ANY (ARRAY['shopify'::text, 'woocommerce'::text])))
);

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  source text NOT NULL,
  external_id text NOT NULL,
  number text NOT NULL,
  state text NOT NULL,
  items jsonb DEFAULT '[]'::jsonb NOT NULL,
  total numeric(14,2),
  currency text,
  placed_at timestamp with time zone NOT NULL,
  promised_at timestamp with time zone,
  shipped_at timestamp with time zone,
  delivered_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  late_at timestamp with time zone,
  facts jsonb NOT NULL,
  tracking text,
  updated_at timestamp with time zone NOT NULL,
  paid_at timestamp with time zone,
  payments jsonb DEFAULT '[]'::jsonb NOT NULL,
  shipments jsonb DEFAULT '[]'::jsonb NOT NULL,
  returns jsonb DEFAULT '[]'::jsonb NOT NULL,
  refunds jsonb DEFAULT '[]'::jsonb NOT NULL,
  disputes jsonb DEFAULT '[]'::jsonb NOT NULL,
  CONSTRAINT orders_pkey PRIMARY KEY (id),
  CONSTRAINT orders_workspace_id_source_external_id_key UNIQUE (workspace_id, source, external_id),
  CONSTRAINT orders_state_check CHECK ((state = ANY (ARRAY['placed'::text, 'shipped'::text, 'delivered'::text, 'cancelled'::text])))
);

CREATE TABLE organizations (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT organizations_pkey PRIMARY KEY (id)
);

CREATE TABLE past_identities (
  customer_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  first_seen_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL
);

CREATE TABLE play_settings (
  workspace_id bigint NOT NULL,
  late_delivery boolean DEFAULT true NOT NULL,
  late_subject text,
  late_text text,
  coupon_code text,
  coupon_text text,
  CONSTRAINT play_settings_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE proposals (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  play text NOT NULL,
  customer_id bigint NOT NULL,
  order_id bigint NOT NULL,
  state text NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  reason text NOT NULL,
  withheld_because text,
  held_out boolean,
  coupon_code text,
  conversation_id bigint,
  decided_by bigint,
  decided_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT proposals_pkey PRIMARY KEY (id),
  CONSTRAINT proposals_workspace_id_play_order_id_key UNIQUE (workspace_id, play, order_id),
  CONSTRAINT proposals_play_check CHECK ((play = 'late-delivery'::text)),
  CONSTRAINT proposals_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'sent'::text, 'dropped'::text, 'withheld'::text])))
);

CREATE TABLE refusals (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  origin text NOT NULL,
  at timestamp with time zone NOT NULL,
  reason text NOT NULL,
  event text NOT NULL,
  CONSTRAINT refusals_pkey PRIMARY KEY (id)
);

CREATE TABLE restricted_records (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  kind text NOT NULL,
  order_id bigint NOT NULL,
  content jsonb NOT NULL,
  keep_until date NOT NULL,
  CONSTRAINT restricted_records_pkey PRIMARY KEY (id),
  CONSTRAINT restricted_records_workspace_id_kind_order_id_key UNIQUE (workspace_id, kind, order_id),
  CONSTRAINT restricted_records_kind_check CHECK ((kind = 'invoice'::text))
);

CREATE TABLE retention_rules (
  workspace_id bigint NOT NULL,
  kind text NOT NULL,
  days integer NOT NULL,
  CONSTRAINT retention_rules_pkey PRIMARY KEY (workspace_id, kind),
  CONSTRAINT retention_rules_days_check CHECK ((days > 0))
);

CREATE TABLE sealed_partitions (
  first_position bigint NOT NULL,
  sealed_at timestamp with time zone NOT NULL,
  CONSTRAINT sealed_partitions_pkey PRIMARY KEY (first_position)
);

CREATE TABLE segment_facts (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  definition jsonb NOT NULL,
  key text NOT NULL,
  kept boolean DEFAULT false NOT NULL,
  CONSTRAINT segment_facts_pkey PRIMARY KEY (id)
);

CREATE TABLE segment_members (
  customer_id bigint NOT NULL,
  segment_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  since timestamp with time zone,
  due_at timestamp with time zone,
  inherited boolean DEFAULT false NOT NULL,
  CONSTRAINT segment_members_pkey PRIMARY KEY (customer_id, segment_id)
);

CREATE TABLE segment_registry (
  version bigint NOT NULL
);

CREATE TABLE segment_touches (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  CONSTRAINT segment_touches_pkey PRIMARY KEY (id)
);

CREATE TABLE segments (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  name text NOT NULL,
  conditions jsonb NOT NULL,
  state text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  kept jsonb,
  reads text[] NOT NULL,
  swept_to bigint DEFAULT 0 NOT NULL,
  swept bigint DEFAULT 0 NOT NULL,
  persons bigint DEFAULT 0 NOT NULL,
  created_by bigint,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  computed_at timestamp with time zone,
  CONSTRAINT segments_pkey PRIMARY KEY (id),
  CONSTRAINT segments_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'computing'::text, 'kept'::text])))
);

CREATE TABLE service_levels (
  workspace_id bigint NOT NULL,
  first_response_minutes integer DEFAULT 240 NOT NULL,
  next_response_minutes integer DEFAULT 240 NOT NULL,
  resolution_minutes integer DEFAULT 1440 NOT NULL,
  hours jsonb NOT NULL,
  holidays date[] DEFAULT '{}'::date[] NOT NULL,
  CONSTRAINT service_levels_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE set_aside_interactions (
  listener text NOT NULL,
  position bigint NOT NULL,
  customer_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  error text NOT NULL,
  tries integer NOT NULL,
  set_aside_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT set_aside_interactions_pkey PRIMARY KEY (listener, "position")
);

CREATE TABLE sources (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  hint text NOT NULL,
  key_hash bytea NOT NULL,
  old_key_hash bytea,
  old_key_until timestamp with time zone,
  created_by bigint,
  created_at timestamp with time zone NOT NULL,
  rotated_at timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT sources_pkey PRIMARY KEY (id),
  CONSTRAINT sources_key_hash_key UNIQUE (key_hash),
  CONSTRAINT sources_old_key_hash_key UNIQUE (old_key_hash),
  CONSTRAINT sources_kind_check CHECK ((kind = ANY (ARRAY['server'::text, 'browser'::text])))
);

CREATE TABLE stages (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  rank integer NOT NULL,
  CONSTRAINT stages_pkey PRIMARY KEY (id),
  CONSTRAINT stages_workspace_id_key_key UNIQUE (workspace_id, key)
);

CREATE TABLE status_intervals (
  conversation_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  status text NOT NULL,
  began_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT status_intervals_pkey PRIMARY KEY (conversation_id, began_at, status),
  CONSTRAINT status_intervals_status_check CHECK ((status = ANY (ARRAY['waiting on us'::text, 'waiting on customer'::text, 'closed'::text])))
);

CREATE TABLE suppressions (
  workspace_id bigint NOT NULL,
  channel text NOT NULL,
  address text NOT NULL,
  class text NOT NULL,
  reason text NOT NULL,
  source text NOT NULL,
  suppressed_at timestamp with time zone NOT NULL,
  lifted_at timestamp with time zone,
  CONSTRAINT suppressions_pkey PRIMARY KEY (workspace_id, channel, address, class),
  CONSTRAINT suppressions_class_check CHECK ((class = ANY (ARRAY['all'::text, 'service'::text, 'survey'::text, 'marketing'::text])))
);

CREATE TABLE survey_asks (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  conversation_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  member_id bigint,
  token text NOT NULL,
  state text NOT NULL,
  reason text,
  deferred_until timestamp with time zone,
  deferrals integer DEFAULT 0 NOT NULL,
  first_due_at timestamp with time zone NOT NULL,
  sent_at timestamp with time zone,
  delivery_id bigint,
  CONSTRAINT survey_asks_pkey PRIMARY KEY (id),
  CONSTRAINT survey_asks_token_key UNIQUE (token),
  CONSTRAINT survey_asks_workspace_id_conversation_id_key UNIQUE (workspace_id, conversation_id),
  CONSTRAINT survey_asks_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'deferred'::text, 'sent'::text, 'withheld'::text, 'cancelled'::text])))
);

CREATE TABLE survey_presses (
  ask_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  rating integer NOT NULL,
  pressed_at timestamp with time zone NOT NULL
);

CREATE TABLE survey_responses (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  ask_id bigint NOT NULL,
  conversation_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  rating integer,
  comment text,
  answered_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT survey_responses_pkey PRIMARY KEY (id),
  CONSTRAINT survey_responses_ask_id_key UNIQUE (ask_id),
  CONSTRAINT survey_responses_rating_check CHECK (((rating >= 1) AND (rating <= 5)))
);

CREATE TABLE survey_settings (
  workspace_id bigint NOT NULL,
  asking text DEFAULT 'notice'::text NOT NULL,
  CONSTRAINT survey_settings_pkey PRIMARY KEY (workspace_id),
  CONSTRAINT survey_settings_asking_check CHECK ((asking = ANY (ARRAY['notice'::text, 'opt-in'::text, 'off'::text])))
);

CREATE TABLE touchpoints (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workspace_id bigint NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  channel text NOT NULL,
  stage text NOT NULL,
  department text NOT NULL,
  driver text NOT NULL,
  control text NOT NULL,
  CONSTRAINT touchpoints_pkey PRIMARY KEY (id),
  CONSTRAINT touchpoints_workspace_id_key_key UNIQUE (workspace_id, key),
  CONSTRAINT touchpoints_control_check CHECK ((control = ANY (ARRAY['direct'::text, 'influenced'::text, 'external'::text]))),
  CONSTRAINT touchpoints_driver_check CHECK ((driver = ANY (ARRAY['people'::text, 'process'::text, 'product'::text])))
);

CREATE TABLE web_events_blanked (
  workspace_id bigint NOT NULL,
  up_to bigint NOT NULL,
  CONSTRAINT web_events_blanked_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE workspaces (
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  sample boolean DEFAULT false NOT NULL,
  time_zone text DEFAULT 'Europe/London'::text NOT NULL,
  currency text DEFAULT 'GBP'::text NOT NULL,
  locale text DEFAULT 'en-GB'::text NOT NULL,
  signing_key bytea NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT workspaces_pkey PRIMARY KEY (id)
);

CREATE TABLE interactions_00000 PARTITION OF interactions FOR VALUES FROM ('0') TO ('2000000');

CREATE TABLE interactions_00001 PARTITION OF interactions FOR VALUES FROM ('2000000') TO ('4000000');

ALTER TABLE api_keys ADD CONSTRAINT api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES members(id);
ALTER TABLE api_keys ADD CONSTRAINT api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE attachments ADD CONSTRAINT attachments_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE;
ALTER TABLE attachments ADD CONSTRAINT attachments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE auth_accounts ADD CONSTRAINT auth_accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE;
ALTER TABLE auth_sessions ADD CONSTRAINT auth_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE;
ALTER TABLE auth_two_factors ADD CONSTRAINT auth_two_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE;
ALTER TABLE automatic_mail_counts ADD CONSTRAINT automatic_mail_counts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE collected_hours ADD CONSTRAINT collected_hours_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE consents ADD CONSTRAINT consents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE conversation_reads ADD CONSTRAINT conversation_reads_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE;
ALTER TABLE conversation_reads ADD CONSTRAINT conversation_reads_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id) ON DELETE CASCADE;
ALTER TABLE conversations ADD CONSTRAINT conversations_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES members(id);
ALTER TABLE conversations ADD CONSTRAINT conversations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE customers ADD CONSTRAINT customers_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id);
ALTER TABLE customers ADD CONSTRAINT customers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE drafts ADD CONSTRAINT drafts_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE;
ALTER TABLE drafts ADD CONSTRAINT drafts_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id) ON DELETE CASCADE;
ALTER TABLE email_deliveries ADD CONSTRAINT email_deliveries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE email_messages ADD CONSTRAINT email_messages_ledger_id_fkey FOREIGN KEY (ledger_id) REFERENCES mail_ledger(id) ON DELETE CASCADE;
ALTER TABLE email_messages ADD CONSTRAINT email_messages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE erasures ADD CONSTRAINT erasures_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE event_mappings ADD CONSTRAINT event_mappings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE former_persons ADD CONSTRAINT former_persons_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE hook_bodies ADD CONSTRAINT hook_bodies_hook_id_fkey FOREIGN KEY (hook_id) REFERENCES hooks(id) ON DELETE CASCADE;
ALTER TABLE hook_bodies ADD CONSTRAINT hook_bodies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE hooks ADD CONSTRAINT hooks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE idempotency_keys ADD CONSTRAINT idempotency_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE identities ADD CONSTRAINT identities_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE identity_rules ADD CONSTRAINT identity_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE import_refusals ADD CONSTRAINT import_refusals_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE;
ALTER TABLE import_refusals ADD CONSTRAINT import_refusals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE import_seen ADD CONSTRAINT import_seen_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE;
ALTER TABLE import_seen ADD CONSTRAINT import_seen_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE import_words ADD CONSTRAINT import_words_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE;
ALTER TABLE import_words ADD CONSTRAINT import_words_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE imports ADD CONSTRAINT imports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE invitations ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES members(id);
ALTER TABLE invitations ADD CONSTRAINT invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE mail_accounts ADD CONSTRAINT mail_accounts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE mail_addresses ADD CONSTRAINT mail_addresses_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE mail_ledger ADD CONSTRAINT mail_ledger_account_id_fkey FOREIGN KEY (account_id) REFERENCES mail_accounts(id) ON DELETE SET NULL;
ALTER TABLE mail_ledger ADD CONSTRAINT mail_ledger_mail_address_id_fkey FOREIGN KEY (mail_address_id) REFERENCES mail_addresses(id) ON DELETE SET NULL;
ALTER TABLE mail_ledger ADD CONSTRAINT mail_ledger_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE members ADD CONSTRAINT members_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE;
ALTER TABLE members ADD CONSTRAINT members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE merge_suggestions ADD CONSTRAINT merge_suggestions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE merges ADD CONSTRAINT merges_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE messages ADD CONSTRAINT messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE;
ALTER TABLE order_events ADD CONSTRAINT order_events_source_id_fkey FOREIGN KEY (source_id) REFERENCES order_sources(id) ON DELETE CASCADE;
ALTER TABLE order_events ADD CONSTRAINT order_events_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE order_sources ADD CONSTRAINT order_sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE orders ADD CONSTRAINT orders_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE organizations ADD CONSTRAINT organizations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE past_identities ADD CONSTRAINT past_identities_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE play_settings ADD CONSTRAINT play_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE proposals ADD CONSTRAINT proposals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE refusals ADD CONSTRAINT refusals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE restricted_records ADD CONSTRAINT restricted_records_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE retention_rules ADD CONSTRAINT retention_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE segment_facts ADD CONSTRAINT segment_facts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE segments ADD CONSTRAINT segments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE service_levels ADD CONSTRAINT service_levels_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE sources ADD CONSTRAINT sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE stages ADD CONSTRAINT stages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE status_intervals ADD CONSTRAINT status_intervals_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE;
ALTER TABLE suppressions ADD CONSTRAINT suppressions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE survey_asks ADD CONSTRAINT survey_asks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE survey_presses ADD CONSTRAINT survey_presses_ask_id_fkey FOREIGN KEY (ask_id) REFERENCES survey_asks(id) ON DELETE CASCADE;
ALTER TABLE survey_responses ADD CONSTRAINT survey_responses_ask_id_fkey FOREIGN KEY (ask_id) REFERENCES survey_asks(id) ON DELETE CASCADE;
ALTER TABLE survey_responses ADD CONSTRAINT survey_responses_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE survey_settings ADD CONSTRAINT survey_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE touchpoints ADD CONSTRAINT touchpoints_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
ALTER TABLE web_events_blanked ADD CONSTRAINT web_events_blanked_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;

CREATE INDEX api_keys_of_workspace ON public.api_keys USING btree (workspace_id, id DESC);
CREATE INDEX attachments_digest ON public.attachments USING btree (digest);
CREATE INDEX attachments_of_message ON public.attachments USING btree (message_id);
CREATE INDEX audit_entries_newest ON public.audit_entries USING btree (workspace_id, id DESC);
CREATE INDEX auth_accounts_user ON public.auth_accounts USING btree (user_id);
CREATE INDEX auth_sessions_user ON public.auth_sessions USING btree (user_id);
CREATE INDEX auth_two_factors_user ON public.auth_two_factors USING btree (user_id);
CREATE INDEX auth_verifications_identifier ON public.auth_verifications USING btree (identifier);
CREATE INDEX consents_of_customer ON public.consents USING btree (customer_id, channel, class, given_at DESC, id DESC);
CREATE INDEX contact_facts_by_time ON public.contact_facts USING btree (workspace_id, at);
CREATE INDEX contact_facts_written_for ON public.contact_facts USING btree (written_for);
CREATE INDEX conversation_facts_arrived ON public.conversation_facts USING btree (workspace_id, arrived_at);
CREATE INDEX conversation_facts_closed ON public.conversation_facts USING btree (workspace_id, first_closed_at);
CREATE INDEX conversation_facts_of_customer ON public.conversation_facts USING btree (customer_id);
CREATE INDEX conversation_facts_rated ON public.conversation_facts USING btree (workspace_id, rated_at) WHERE (rating IS NOT NULL);
CREATE INDEX conversation_facts_written_for ON public.conversation_facts USING btree (written_for);
CREATE INDEX conversations_newest ON public.conversations USING btree (workspace_id, last_message_at DESC, id DESC);
CREATE INDEX conversations_of_assignee ON public.conversations USING btree (workspace_id, assignee_id, last_message_at DESC, id DESC) WHERE (status = 'open'::text);
CREATE INDEX conversations_of_customer ON public.conversations USING btree (customer_id, last_message_at DESC, id DESC);
CREATE INDEX conversations_open ON public.conversations USING btree (workspace_id, last_message_at DESC, id DESC) WHERE (status = 'open'::text);
CREATE INDEX conversations_search ON public.conversations USING gin (search);
CREATE INDEX conversations_urgent ON public.conversations USING btree (workspace_id, due_hour, at_risk DESC, id) WHERE (status = 'open'::text);
CREATE INDEX conversations_waiting ON public.conversations USING btree (workspace_id) WHERE ((status = 'open'::text) AND (waiting_since IS NOT NULL));
CREATE INDEX customer_aliases_of_root ON public.customer_aliases USING btree (root_id);
CREATE INDEX customers_email ON public.customers USING btree (workspace_id, email);
CREATE INDEX customers_newest ON public.customers USING btree (workspace_id, last_seen_at DESC, id DESC);
CREATE INDEX customers_search ON public.customers USING gin (search);
CREATE INDEX email_deliveries_digest ON public.email_deliveries USING btree (digest) WHERE (digest IS NOT NULL);
CREATE INDEX email_deliveries_kept ON public.email_deliveries USING btree (workspace_id, id) WHERE (state = 'kept'::text);
CREATE UNIQUE INDEX email_deliveries_message_id ON public.email_deliveries USING btree (workspace_id, internet_message_id) WHERE (internet_message_id IS NOT NULL);
CREATE INDEX email_deliveries_newest ON public.email_deliveries USING btree (workspace_id, id DESC);
CREATE INDEX email_deliveries_of_address ON public.email_deliveries USING btree (workspace_id, to_address, id DESC);
CREATE INDEX email_deliveries_of_conversation ON public.email_deliveries USING btree (workspace_id, conversation_id, id DESC) WHERE (conversation_id IS NOT NULL);
CREATE INDEX email_messages_of_conversation ON public.email_messages USING btree (workspace_id, conversation_id, id DESC) WHERE (conversation_id IS NOT NULL);
CREATE INDEX erasures_newest ON public.erasures USING btree (workspace_id, erased_at DESC, id);
CREATE INDEX evidence_by_time ON public.evidence USING btree (workspace_id, at);
CREATE INDEX evidence_falls ON public.evidence USING btree (customer_id, at) WHERE ((score_before - score_after) >= (5)::double precision);
CREATE INDEX evidence_line ON public.evidence USING btree (customer_id, at DESC, "position" DESC);
CREATE INDEX evidence_written_for ON public.evidence USING btree (written_for);
CREATE INDEX experience_episodes_poor ON public.experience_episodes USING btree (customer_id, last_at DESC) WHERE poor;
CREATE INDEX experience_scores_at_risk ON public.experience_scores USING btree (workspace_id, customer_id) WHERE at_risk;
CREATE INDEX experience_scores_of_workspace ON public.experience_scores USING btree (workspace_id, customer_id);
CREATE INDEX former_persons_of ON public.former_persons USING btree (workspace_id, customer_id);
CREATE INDEX hook_bodies_age ON public.hook_bodies USING btree (at);
CREATE INDEX hook_bodies_of ON public.hook_bodies USING btree (workspace_id, hook_id, id);
CREATE INDEX hooks_workspace ON public.hooks USING btree (workspace_id, id);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);
CREATE INDEX identities_of_customer ON public.identities USING btree (customer_id);
CREATE INDEX import_words_age ON public.import_words USING btree (noted_at);
CREATE INDEX imports_of_workspace ON public.imports USING btree (workspace_id, id);
CREATE INDEX interactions_timeline ON ONLY public.interactions USING btree (customer_id, occurred_at DESC, "position" DESC);
CREATE INDEX invitations_open ON public.invitations USING btree (workspace_id, created_at DESC, id DESC);
CREATE INDEX mail_addresses_of_workspace ON public.mail_addresses USING btree (workspace_id, id);
CREATE INDEX mail_ledger_by_outcome ON public.mail_ledger USING btree (workspace_id, outcome, id DESC);
CREATE INDEX mail_ledger_digest ON public.mail_ledger USING btree (digest);
CREATE INDEX mail_ledger_newest ON public.mail_ledger USING btree (workspace_id, id DESC);
CREATE INDEX mail_ledger_to_forget ON public.mail_ledger USING btree (workspace_id, id) WHERE (NOT erased);
CREATE UNIQUE INDEX members_email ON public.members USING btree (workspace_id, lower(email)) WHERE (removed_at IS NULL);
CREATE INDEX members_of_user ON public.members USING btree (user_id);
CREATE UNIQUE INDEX members_user ON public.members USING btree (workspace_id, user_id) WHERE (removed_at IS NULL);
CREATE INDEX merge_suggestions_open ON public.merge_suggestions USING btree (workspace_id, id) WHERE (decided_at IS NULL);
CREATE INDEX merges_by_time ON public.merges USING btree (workspace_id, merged_at DESC, id DESC);
CREATE INDEX merges_from ON public.merges USING btree (from_id);
CREATE INDEX merges_into ON public.merges USING btree (into_id);
CREATE UNIQUE INDEX merges_waiting ON public.merges USING btree (workspace_id, from_id, into_id) WHERE ((merged_at IS NULL) AND (undone_at IS NULL));
CREATE INDEX messages_of_conversation ON public.messages USING btree (conversation_id, id);
CREATE INDEX messages_of_delivery ON public.messages USING btree (delivery_id) WHERE (delivery_id IS NOT NULL);
CREATE INDEX order_events_waiting ON public.order_events USING btree (source_id, order_external_id) WHERE (outcome = 'waiting'::text);
CREATE INDEX order_facts_of_customer ON public.order_facts USING btree (customer_id, placed_at);
CREATE INDEX order_facts_promised ON public.order_facts USING btree (workspace_id, promised_at);
CREATE INDEX order_facts_written_for ON public.order_facts USING btree (written_for);
CREATE INDEX order_sources_of_workspace ON public.order_sources USING btree (workspace_id, id);
CREATE INDEX orders_due ON public.orders USING btree (promised_at) WHERE ((delivered_at IS NULL) AND (late_at IS NULL) AND (cancelled_at IS NULL));
CREATE INDEX orders_newest ON public.orders USING btree (workspace_id, placed_at DESC, id DESC);
CREATE INDEX orders_of_customer ON public.orders USING btree (customer_id, placed_at DESC, id DESC);
CREATE INDEX organizations_of_workspace ON public.organizations USING btree (workspace_id, id);
CREATE INDEX past_identities_of_customer ON public.past_identities USING btree (customer_id);
CREATE INDEX proposals_newest ON public.proposals USING btree (workspace_id, created_at DESC, id DESC);
CREATE INDEX proposals_waiting ON public.proposals USING btree (workspace_id, created_at DESC, id DESC) WHERE (state = 'proposed'::text);
CREATE INDEX refusals_origin ON public.refusals USING btree (workspace_id, origin, id DESC);
CREATE INDEX restricted_records_until ON public.restricted_records USING btree (keep_until);
CREATE UNIQUE INDEX segment_facts_key ON public.segment_facts USING btree (workspace_id, md5(key));
CREATE INDEX segment_members_due ON public.segment_members USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX segment_members_in ON public.segment_members USING btree (segment_id, since DESC, customer_id DESC);
CREATE UNIQUE INDEX segments_name ON public.segments USING btree (workspace_id, lower(name));
CREATE INDEX sources_workspace ON public.sources USING btree (workspace_id, id);
CREATE INDEX status_intervals_running ON public.status_intervals USING btree (conversation_id) WHERE (ended_at IS NULL);
CREATE INDEX survey_asks_by_state ON public.survey_asks USING btree (workspace_id, state, first_due_at);
CREATE INDEX survey_presses_of_ask ON public.survey_presses USING btree (ask_id, pressed_at DESC);
CREATE INDEX survey_responses_newest ON public.survey_responses USING btree (workspace_id, answered_at DESC, id DESC);

CREATE OR REPLACE FUNCTION public.ensure_interactions_partition(wanted bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  first bigint := wanted / 2000000 * 2000000;
  name text := 'interactions_' || to_char(first / 2000000, 'FM00000');
begin
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(7301);
  if exists (select from pg_class where relname = name) then return; end if;
  execute format('create table %I (like interactions including defaults including constraints)', name);
  execute format('alter table interactions attach partition %I for values from (%s) to (%s)', name, first, first + 2000000);
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if current_setting('throughline.erasing', true) = 'on' then
    perform nextval('interactions_changes');
    return null;
  end if;
  raise exception 'the log is append-only' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.register_append()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if coalesce(current_setting('throughline.registered', true), '') <> 'yes' then
    perform pg_advisory_xact_lock_shared(
      (1::bigint << 62) | (select case when is_called then last_value else 0 end from interactions_position));
    perform set_config('throughline.registered', 'yes', true);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.segments_see_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare ws bigint[]; cs bigint[];
begin
  perform pg_advisory_xact_lock_shared(7308, 0);
  select array_agg(m.workspace_id), array_agg(m.customer_id) into ws, cs
  from (
    select f.workspace_id, unnest(array[f.customer_id, o.customer_id]) as customer_id
    from fresh f join stale o on o.workspace_id = f.workspace_id and o.kind = f.kind and o.value = f.value
    where o.customer_id <> f.customer_id) m
  where exists (select from segments s where s.workspace_id = m.workspace_id and 'identities' = any(s.reads));
  if cs is not null then perform touch_segments(ws, cs); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.segments_see_new()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare ws bigint[]; cs bigint[];
begin
  perform pg_advisory_xact_lock_shared(7308, 0);
  select array_agg(f.workspace_id), array_agg(f.id) into ws, cs from fresh f
  where exists (select from segments s where s.workspace_id = f.workspace_id);
  if cs is not null then perform touch_segments(ws, cs); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.segments_see_profile()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare ws bigint[]; cs bigint[];
begin
  perform pg_advisory_xact_lock_shared(7308, 0);
  select array_agg(f.workspace_id), array_agg(f.id) into ws, cs from fresh f join stale o on o.id = f.id
  where (f.name, f.email, f.phone, f.locale, f.time_zone, f.organization_id, f.fields)
      is distinct from (o.name, o.email, o.phone, o.locale, o.time_zone, o.organization_id, o.fields)
    and exists (select from segments s where s.workspace_id = f.workspace_id and 'profile' = any(s.reads));
  if cs is not null then perform touch_segments(ws, cs); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.segments_see_rows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare ws bigint[]; cs bigint[];
begin
  perform pg_advisory_xact_lock_shared(7308, 0);
  select array_agg(f.workspace_id), array_agg(f.customer_id) into ws, cs from fresh f
  where exists (select from segments s where s.workspace_id = f.workspace_id and tg_argv[0] = any(s.reads));
  if cs is not null then perform touch_segments(ws, cs); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.touch_segments(workspaces bigint[], customers bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  insert into segment_touches (workspace_id, customer_id)
  select distinct w, c from unnest(workspaces, customers) as touched (w, c);
  perform pg_notify('throughline_segments', '');
end $function$;

CREATE TRIGGER customers_profile_touch_segments AFTER UPDATE ON public.customers REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION segments_see_profile();
CREATE TRIGGER customers_touch_segments AFTER INSERT ON public.customers REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION segments_see_new();
CREATE TRIGGER identities_move_touch_segments AFTER UPDATE ON public.identities REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION segments_see_moved();
CREATE TRIGGER identities_touch_segments AFTER INSERT ON public.identities REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION segments_see_rows('identities');
CREATE TRIGGER interactions_append_only BEFORE DELETE OR UPDATE ON public.interactions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER interactions_register BEFORE INSERT ON public.interactions FOR EACH STATEMENT EXECUTE FUNCTION register_append();
CREATE TRIGGER orders_change_touch_segments AFTER UPDATE ON public.orders REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION segments_see_rows('orders');
CREATE TRIGGER orders_touch_segments AFTER INSERT ON public.orders REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION segments_see_rows('orders');

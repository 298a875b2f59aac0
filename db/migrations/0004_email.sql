-- Mail: our addresses, mailboxes we follow, every raw message that came, and every message that went out.

create table mail_addresses (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  address text not null unique,
  name text,
  created_at timestamptz not null default now()
);
create index mail_addresses_of_workspace on mail_addresses (workspace_id, id);

create table mail_accounts (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  host text not null,
  port integer not null,
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text not null,
  auth_kind text not null check (auth_kind in ('password', 'token')),
  secret_sealed text not null,
  mailbox text not null default 'INBOX',
  -- Read from here on: a UID means something only together with its UIDVALIDITY (RFC 3501, 2.3.1.1).
  uid_validity bigint,
  last_uid bigint not null default 0,
  state text not null default 'connecting' check (state in ('connecting', 'connected', 'failed')),
  last_error text,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, host, username, mailbox)
);

-- Every message that arrived, before anything else happens to it. The bytes are a file named by their digest.
create table mail_ledger (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  digest text not null,
  size bigint not null,
  via text not null check (via in ('smtp', 'imap')),
  peer_ip text,
  peer_name text,
  account_id bigint references mail_accounts on delete set null,
  envelope_from text,
  envelope_to text[] not null,
  mail_address_id bigint references mail_addresses on delete set null,
  received_at timestamptz not null,
  outcome text not null default 'pending'
    check (outcome in ('pending', 'message', 'automatic', 'bounce', 'complaint', 'duplicate', 'set-aside')),
  reason text,
  attempts integer not null default 0,
  conversation_id bigint,
  message_id bigint,
  decided_at timestamptz
);
create index mail_ledger_newest on mail_ledger (workspace_id, id desc);
create index mail_ledger_by_outcome on mail_ledger (workspace_id, outcome, id desc);

-- What is known of each message that could be read. The same message is here once, however often it was delivered.
create table email_messages (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  ledger_id bigint not null references mail_ledger on delete cascade,
  content_digest bytea not null,
  internet_message_id text,
  reference_ids text[] not null,
  from_address text,
  subject text not null,
  class text not null check (class in ('customer', 'bounce', 'complaint', 'auto-reply', 'mailing-list')),
  why text not null,
  authentication jsonb,
  customer_id bigint,
  conversation_id bigint,
  message_id bigint,
  received_at timestamptz not null,
  unique (workspace_id, content_digest)
);
create index email_messages_of_conversation on email_messages (workspace_id, conversation_id, id desc) where conversation_id is not null;

create table email_deliveries (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  customer_id bigint not null,
  conversation_id bigint,
  message_id bigint,
  to_address text not null,
  from_address text,
  subject text not null,
  class text not null check (class in ('safety', 'transactional', 'service', 'survey', 'marketing')),
  automatic boolean not null,
  internet_message_id text,
  digest text,
  state text not null check (state in ('queued', 'sent', 'delivered', 'bounced', 'failed', 'kept', 'withheld')),
  detail text,
  attempts integer not null default 0,
  queued_at timestamptz not null,
  next_try_at timestamptz,
  sent_at timestamptz,
  changed_at timestamptz not null
);
create unique index email_deliveries_message_id on email_deliveries (workspace_id, internet_message_id) where internet_message_id is not null;
create index email_deliveries_newest on email_deliveries (workspace_id, id desc);
create index email_deliveries_kept on email_deliveries (workspace_id, id) where state = 'kept';
create index email_deliveries_of_conversation on email_deliveries (workspace_id, conversation_id, id desc) where conversation_id is not null;
create index email_deliveries_of_address on email_deliveries (workspace_id, to_address, id desc);

-- How many automatic mails an address got in an hour, so that two machines never talk for long.
create table automatic_mail_counts (
  workspace_id bigint not null references workspaces on delete cascade,
  address text not null,
  hour timestamptz not null,
  sent integer not null,
  primary key (workspace_id, address, hour)
);

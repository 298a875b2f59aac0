-- Who may do what: workspaces, members, keys, audit. The auth_ tables are better-auth's, in our naming.

create table workspaces (
  id bigint generated always as identity primary key,
  name text not null,
  sample boolean not null default false,
  time_zone text not null default 'Europe/London',
  currency text not null default 'GBP',
  locale text not null default 'en-GB',
  signing_key bytea not null,
  created_at timestamptz not null default now()
);

create table auth_users (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth_sessions (
  id text primary key,
  user_id text not null references auth_users on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_sessions_user on auth_sessions (user_id);

create table auth_accounts (
  id text primary key,
  user_id text not null references auth_users on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_accounts_user on auth_accounts (user_id);

create table auth_verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verifications_identifier on auth_verifications (identifier);

create table auth_two_factors (
  id text primary key,
  user_id text not null references auth_users on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
create index auth_two_factors_user on auth_two_factors (user_id);

create table auth_rate_limits (
  id text primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

create table members (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  user_id text references auth_users on delete cascade,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'agent', 'viewer')),
  on_shift boolean not null default true,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);
create unique index members_user on members (workspace_id, user_id) where removed_at is null;
create unique index members_email on members (workspace_id, lower(email)) where removed_at is null;
create index members_of_user on members (user_id);

create table invitations (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'agent', 'viewer')),
  token_hash bytea not null unique,
  invited_by bigint references members,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
create index invitations_open on invitations (workspace_id, created_at desc, id desc);

create table api_keys (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  name text not null,
  hint text not null,
  key_hash bytea not null unique,
  scopes text[] not null,
  created_by bigint references members,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_of_workspace on api_keys (workspace_id, id desc);

create table audit_entries (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('member', 'key', 'system')),
  actor_id bigint,
  actor_name text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb
);
create index audit_entries_newest on audit_entries (workspace_id, id desc);

-- One answer per Idempotency-Key, kept for a day.
create table idempotency_keys (
  workspace_id bigint not null references workspaces on delete cascade,
  key text not null,
  request_hash bytea not null,
  status integer,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

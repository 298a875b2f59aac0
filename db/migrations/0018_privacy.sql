-- Erasing what is known of a person, and keeping what the law wants kept.

alter table customers add column erased_at timestamptz;

-- What was erased, by hashes only, so that it can be erased again after a restore.
create table erasures (
  id uuid primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  customer_id bigint not null,
  hashes bytea[] not null,
  counts jsonb not null,
  erased_at timestamptz not null
);
create index erasures_newest on erasures (workspace_id, erased_at desc, id);

-- What accounting must keep of an erased person's orders, and for how long; nothing else reads it.
create table restricted_records (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  kind text not null check (kind in ('invoice')),
  order_id bigint not null,
  content jsonb not null,
  keep_until date not null,
  unique (workspace_id, kind, order_id)
);
create index restricted_records_until on restricted_records (keep_until);

-- How long each kind of data is kept, in days; null: for ever. A kind without a row is kept for ever.
create table retention_rules (
  workspace_id bigint not null references workspaces on delete cascade,
  kind text not null,
  days integer not null check (days > 0),
  primary key (workspace_id, kind)
);

-- The raw bytes of an erased mail are gone.
alter table mail_ledger add column erased boolean not null default false;
create index mail_ledger_digest on mail_ledger (digest);
create index email_deliveries_digest on email_deliveries (digest) where digest is not null;
create index attachments_digest on attachments (digest);

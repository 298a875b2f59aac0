-- Files that come in: what is in them, how far each has been read, and what was refused.

create table imports (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  thing text not null check (thing in ('customers', 'interactions', 'orders')),
  name text not null,
  -- Of the file as it is kept: in UTF-8, after a first line of its own.
  digest text not null,
  size bigint not null,
  format text not null check (format in ('csv', 'ndjson')),
  encoding text not null,
  delimiter text,
  columns jsonb not null,
  sample jsonb not null,
  mapping jsonb not null,
  state text not null check (state in ('ready', 'trying', 'tried', 'running', 'done', 'failed', 'cancelled')),
  -- Where the next record begins: byte and line.
  position bigint not null,
  line bigint not null,
  new_count bigint not null default 0,
  changed_count bigint not null default 0,
  unchanged_count bigint not null default 0,
  refused_count bigint not null default 0,
  trial jsonb,
  error text,
  created_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index imports_of_workspace on imports (workspace_id, id);

create table import_refusals (
  import_id bigint not null references imports on delete cascade,
  workspace_id bigint not null references workspaces on delete cascade,
  line bigint not null,
  reason text not null,
  text text not null,
  primary key (import_id, line)
);

-- What a trial has met in the file so far, to know what comes twice. Hashes only.
create table import_seen (
  import_id bigint not null references imports on delete cascade,
  workspace_id bigint not null references workspaces on delete cascade,
  key uuid not null,
  content uuid not null,
  primary key (import_id, key)
);

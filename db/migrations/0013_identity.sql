-- Whose it is: customers who turn out to be one person, and back; what may join them, and what was stopped.

-- A person is a root customer and those merged into it; whoever was never merged is not in here. Rows elsewhere keep the
-- customer they were written for, for ever: readers go through this table. The root has a row of its own.
create table customer_aliases (
  customer_id bigint primary key,
  workspace_id bigint not null,
  root_id bigint not null
);
create index customer_aliases_of_root on customer_aliases (root_id);

-- Each merge that was made. Those that stand, in their order, give the aliases.
create table merges (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  from_id bigint not null,
  into_id bigint not null,
  reason text not null,
  source text not null,
  member_id bigint,
  -- Asked for by what arrived; applied between two digests.
  asked_at timestamptz not null,
  merged_at timestamptz,
  undone_at timestamptz,
  undone_by bigint
);
create index merges_from on merges (from_id);
create index merges_into on merges (into_id);
create unique index merges_waiting on merges (workspace_id, from_id, into_id) where merged_at is null and undone_at is null;
create index merges_by_time on merges (workspace_id, merged_at desc, id desc);

-- Merges that a rule stopped, and pairs that look alike: for a person to decide.
create table merge_suggestions (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  one_id bigint not null,
  other_id bigint not null,
  kind text not null check (kind in ('stopped', 'alike')),
  score double precision,
  reasons jsonb not null default '[]',
  times integer not null default 1,
  suggested_at timestamptz not null,
  decided_at timestamptz,
  decision text check (decision in ('merged', 'dismissed')),
  unique (workspace_id, one_id, other_id)
);
create index merge_suggestions_open on merge_suggestions (workspace_id, id) where decided_at is null;

-- A device that changed hands: whose it was before. Their history stays theirs.
create table past_identities (
  customer_id bigint not null,
  workspace_id bigint not null references workspaces on delete cascade,
  kind text not null,
  value text not null,
  first_seen_at timestamptz not null,
  until timestamptz not null
);
create index past_identities_of_customer on past_identities (customer_id);

-- What a workspace changed of the rules by which identities join; the defaults are in the code.
create table identity_rules (
  workspace_id bigint primary key references workspaces on delete cascade,
  blocked jsonb not null default '[]',
  limits jsonb not null default '{}',
  merges_per_hour integer
);

create index customers_email on customers (workspace_id, email);

-- What is derived belongs to the person; it remembers for whom it was written, for the day they are taken apart again.
alter table evidence add column written_for bigint;
update evidence set written_for = customer_id;
alter table evidence alter column written_for set not null;
create index evidence_written_for on evidence (written_for);
alter table conversation_facts add column written_for bigint;
update conversation_facts set written_for = customer_id;
alter table conversation_facts alter column written_for set not null;
alter table order_facts add column written_for bigint;
update order_facts set written_for = customer_id;
alter table order_facts alter column written_for set not null;
alter table contact_facts add column written_for bigint;
update contact_facts set written_for = customer_id;
alter table contact_facts alter column written_for set not null;
create index conversation_facts_written_for on conversation_facts (written_for);
create index order_facts_written_for on order_facts (written_for);
create index contact_facts_written_for on contact_facts (written_for);

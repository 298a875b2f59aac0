-- Who is served: customers, what they are known by, what they agreed to, where nothing may be sent.

create table organizations (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  name text not null,
  created_at timestamptz not null default now()
);
create index organizations_of_workspace on organizations (workspace_id, id);

create table customers (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  name text,
  email text,
  phone text,
  locale text,
  time_zone text,
  address_as text,
  access_needs text,
  organization_id bigint references organizations,
  fields jsonb not null default '{}',
  -- Told by the experience room through the log.
  at_risk boolean not null default false,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  created_at timestamptz not null default now(),
  search tsvector generated always as (
    to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(email, '') || ' ' ||
      regexp_replace(coalesce(email, ''), '[^[:alnum:]]+', ' ', 'g'))
  ) stored
);
create index customers_newest on customers (workspace_id, last_seen_at desc, id desc);
create index customers_search on customers using gin (search);

create table identities (
  customer_id bigint not null,
  workspace_id bigint not null references workspaces on delete cascade,
  kind text not null,
  value text not null,
  shown text not null,
  source text not null,
  verified boolean not null default false,
  first_seen_at timestamptz not null,
  primary key (workspace_id, kind, value)
);
create index identities_of_customer on identities (customer_id);

-- Every statement of consent that was ever made, with its wording; the newest per channel and class holds.
create table consents (
  id bigint generated always as identity primary key,
  customer_id bigint not null,
  workspace_id bigint not null references workspaces on delete cascade,
  channel text not null,
  class text not null check (class in ('survey', 'marketing')),
  granted boolean not null,
  source text not null,
  wording text not null,
  given_at timestamptz not null
);
create index consents_of_customer on consents (customer_id, channel, class, given_at desc, id desc);

-- Addresses to which nothing of a class may go: they bounced, complained or opted out.
create table suppressions (
  workspace_id bigint not null references workspaces on delete cascade,
  channel text not null,
  address text not null,
  class text not null check (class in ('all', 'service', 'survey', 'marketing')),
  reason text not null,
  source text not null,
  suppressed_at timestamptz not null,
  lifted_at timestamptz,
  primary key (workspace_id, channel, address, class)
);

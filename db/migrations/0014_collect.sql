-- Collecting: who may send events, where each belongs, what was not taken, and webhooks with a mapping of their own.

create table sources (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  name text not null,
  kind text not null check (kind in ('server', 'browser')),
  hint text not null,
  key_hash bytea not null unique,
  -- After a rotation, the key before works for a day.
  old_key_hash bytea unique,
  old_key_until timestamptz,
  created_by bigint,
  created_at timestamptz not null,
  rotated_at timestamptz,
  revoked_at timestamptz
);
create index sources_workspace on sources (workspace_id, id);

create table hooks (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  name text not null,
  token text not null unique,
  mapping text not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create index hooks_workspace on hooks (workspace_id, id);

-- What came, by the hour: for people to look at. Exact but for the last second before a crash.
create table collected_hours (
  workspace_id bigint not null references workspaces on delete cascade,
  origin text not null,
  hour timestamptz not null,
  taken bigint not null default 0,
  repeated bigint not null default 0,
  refused bigint not null default 0,
  newest bigint[] not null default '{}',
  primary key (workspace_id, origin, hour)
);

-- Events that were not taken, with the reason; the newest of each origin, for a week.
create table refusals (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  origin text not null,
  at timestamptz not null,
  reason text not null,
  event text not null
);
create index refusals_origin on refusals (workspace_id, origin, id desc);

-- Where an event belongs, by its name. Source 0 speaks for the whole workspace. What is null is as the default has it.
create table event_mappings (
  workspace_id bigint not null references workspaces on delete cascade,
  source_id bigint not null default 0,
  event text not null,
  touchpoint text,
  stage text,
  driver text check (driver in ('people', 'process', 'product')),
  control text check (control in ('direct', 'influenced', 'external')),
  initiative text check (initiative in ('reactive', 'proactive')),
  primary key (workspace_id, source_id, event)
);

-- Touchpoints that collecting needs, for workspaces that have their touchpoints already.
insert into touchpoints (workspace_id, key, name, channel, stage, department, driver, control)
select w.workspace_id, n.key, n.name, n.channel, n.stage, n.department, n.driver, n.control
from (select distinct workspace_id from touchpoints) w, (values
  ('advert', 'Adverts', 'web', 'awareness', 'marketing', 'process', 'influenced'),
  ('website', 'Website', 'web', 'consideration', 'marketing', 'product', 'direct'),
  ('app', 'App', 'app', 'use', 'product', 'product', 'direct'),
  ('account', 'Account', 'web', 'onboarding', 'product', 'product', 'direct'),
  ('returns', 'Returns and refunds', 'web', 'support', 'operations', 'process', 'direct'),
  ('newsletter', 'Newsletter', 'email', 'loyalty', 'marketing', 'process', 'direct'),
  ('sharing', 'Shared with others', 'social', 'advocacy', 'marketing', 'product', 'external')
) n (key, name, channel, stage, department, driver, control)
on conflict do nothing;

-- The log: every interaction of every customer, append-only, in order of arrival.

create table stages (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  key text not null,
  name text not null,
  rank integer not null,
  unique (workspace_id, key)
);

create table touchpoints (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  key text not null,
  name text not null,
  channel text not null,
  stage text not null,
  department text not null,
  driver text not null check (driver in ('people', 'process', 'product')),
  control text not null check (control in ('direct', 'influenced', 'external')),
  unique (workspace_id, key)
);

create sequence interactions_position as bigint cache 1;

create table interactions (
  position bigint not null default nextval('interactions_position'),
  workspace_id bigint not null,
  customer_id bigint not null,
  kind text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  initiative text not null check (initiative in ('reactive', 'proactive')),
  channel text,
  stage text,
  touchpoint_id bigint,
  member_id bigint,
  conversation_id bigint,
  order_id bigint,
  source text,
  source_key uuid,
  properties jsonb not null default '{}',
  primary key (customer_id, position)
) partition by range (position);

create index interactions_timeline on interactions (customer_id, occurred_at desc, position desc);
create index interactions_order on interactions (position);

create table interaction_keys (
  workspace_id bigint not null,
  source_key uuid not null,
  primary key (workspace_id, source_key)
);

-- Whoever appends says first from which position on it may write, and holds that until it commits.
-- A reader that stays below the lowest such floor misses nothing, and sees positions in order.
-- A statement trigger fires before the first nextval, so no append can get round it.
-- The first append of a transaction has the lowest floor, so once is enough.
create function register_append() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('throughline.registered', true), '') <> 'yes' then
    perform pg_advisory_xact_lock_shared(
      (1::bigint << 62) | (select case when is_called then last_value else 0 end from interactions_position));
    perform set_config('throughline.registered', 'yes', true);
  end if;
  return null;
end $$;

create trigger interactions_register before insert on interactions
  for each statement execute function register_append();

create function refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('throughline.erasing', true) = 'on' then
    return null;
  end if;
  raise exception 'the log is append-only' using errcode = 'restrict_violation';
end $$;

create trigger interactions_append_only before update or delete on interactions
  for each statement execute function refuse_change();

-- Makes the partition that holds a position, 2 million positions wide.
create function ensure_interactions_partition(wanted bigint) returns void language plpgsql as $$
declare
  first bigint := wanted / 2000000 * 2000000;
  name text := 'interactions_' || to_char(first / 2000000, 'FM00000');
begin
  if to_regclass(name) is null then
    perform pg_advisory_xact_lock(7301);
    execute format('create table if not exists %I partition of interactions for values from (%s) to (%s)',
      name, first, first + 2000000);
  end if;
end $$;

select ensure_interactions_partition(0), ensure_interactions_partition(2000000);

-- Where each listener has got to, in each partition of the customers.
create table listener_cursors (
  listener text not null,
  partition integer not null,
  position bigint not null default 0,
  moved_at timestamptz not null default now(),
  primary key (listener, partition)
);

-- What a listener could not take in: kept with its error until an operator replays it.
create table set_aside_interactions (
  listener text not null,
  position bigint not null,
  customer_id bigint not null,
  workspace_id bigint not null,
  error text not null,
  tries integer not null,
  set_aside_at timestamptz not null default now(),
  primary key (listener, position)
);

-- Segments: who is in which, kept true as the log grows and time passes. All but the definitions is derived.

create table segments (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  name text not null,
  -- As it was asked for.
  conditions jsonb not null,
  -- waiting: facts are being gathered; computing: everybody is looked at; kept: true, and kept so.
  state text not null check (state in ('waiting', 'computing', 'kept')),
  -- Counts changes of the conditions.
  version integer not null default 1,
  -- The conditions by which members are kept, other segments put in place; null until facts are there.
  kept jsonb,
  -- What it looks at besides the log: profile, identities, orders, score.
  reads text[] not null,
  -- While computing: up to which customer, how many so far, of how many.
  swept_to bigint not null default 0,
  swept bigint not null default 0,
  persons bigint not null default 0,
  created_by bigint,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  computed_at timestamptz
);
create unique index segments_name on segments (workspace_id, lower(name));

-- Grows with every change of what is kept, so that readers of the log know when to read definitions again.
create table segment_registry (version bigint not null);
insert into segment_registry values (1);

-- What is remembered of customers, whichever segments ask for it.
create table segment_facts (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  definition jsonb not null,
  key text not null,
  kept boolean not null default false
);
create unique index segment_facts_key on segment_facts (workspace_id, md5(key));

-- One fact of one customer, for whom it was written: merged customers are taken together where it is read.
create table customer_facts (
  customer_id bigint not null,
  fact_id bigint not null,
  workspace_id bigint not null,
  state jsonb not null,
  primary key (customer_id, fact_id)
) with (fillfactor = 80);
create index customer_facts_of_fact on customer_facts (fact_id);

-- Persons who are in a segment (since is not null), and those whose being in or out changes by itself (due_at).
create table segment_members (
  customer_id bigint not null,
  segment_id bigint not null,
  workspace_id bigint not null,
  since timestamptz,
  due_at timestamptz,
  primary key (customer_id, segment_id)
);
create index segment_members_in on segment_members (segment_id, since desc, customer_id desc) where since is not null;
create index segment_members_of_segment on segment_members (segment_id);
create index segment_members_due on segment_members (due_at) where due_at is not null;

-- Customers of whom something changed that the log does not tell: to be looked at again at once.
create table segment_touches (
  id bigint generated always as identity primary key,
  workspace_id bigint not null,
  customer_id bigint not null
);

-- Whoever writes what segments look at holds a lock (7308) until commit; a new segment waits for them before it looks.
create function touch_segments(workspaces bigint[], customers bigint[]) returns void language plpgsql as $$
begin
  insert into segment_touches (workspace_id, customer_id)
  select distinct w, c from unnest(workspaces, customers) as touched (w, c);
  perform pg_notify('throughline_segments', '');
end $$;

create function segments_see_new() returns trigger language plpgsql as $$
declare ws bigint[]; cs bigint[];
begin
  perform pg_advisory_xact_lock_shared(7308, 0);
  select array_agg(f.workspace_id), array_agg(f.id) into ws, cs from fresh f
  where exists (select from segments s where s.workspace_id = f.workspace_id);
  if cs is not null then perform touch_segments(ws, cs); end if;
  return null;
end $$;
create trigger customers_touch_segments after insert on customers
  referencing new table as fresh for each statement execute function segments_see_new();

create function segments_see_profile() returns trigger language plpgsql as $$
declare ws bigint[]; cs bigint[];
begin
  perform pg_advisory_xact_lock_shared(7308, 0);
  select array_agg(f.workspace_id), array_agg(f.id) into ws, cs from fresh f join stale o on o.id = f.id
  where (f.name, f.email, f.phone, f.locale, f.time_zone, f.organization_id, f.fields)
      is distinct from (o.name, o.email, o.phone, o.locale, o.time_zone, o.organization_id, o.fields)
    and exists (select from segments s where s.workspace_id = f.workspace_id and 'profile' = any(s.reads));
  if cs is not null then perform touch_segments(ws, cs); end if;
  return null;
end $$;
create trigger customers_profile_touch_segments after update on customers
  referencing old table as stale new table as fresh for each statement execute function segments_see_profile();

create function segments_see_rows() returns trigger language plpgsql as $$
declare ws bigint[]; cs bigint[];
begin
  perform pg_advisory_xact_lock_shared(7308, 0);
  select array_agg(f.workspace_id), array_agg(f.customer_id) into ws, cs from fresh f
  where exists (select from segments s where s.workspace_id = f.workspace_id and tg_argv[0] = any(s.reads));
  if cs is not null then perform touch_segments(ws, cs); end if;
  return null;
end $$;
create trigger identities_touch_segments after insert on identities
  referencing new table as fresh for each statement execute function segments_see_rows('identities');
create trigger orders_touch_segments after insert on orders
  referencing new table as fresh for each statement execute function segments_see_rows('orders');
create trigger orders_change_touch_segments after update on orders
  referencing new table as fresh for each statement execute function segments_see_rows('orders');

create function segments_see_moved() returns trigger language plpgsql as $$
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
end $$;
create trigger identities_move_touch_segments after update on identities
  referencing old table as stale new table as fresh for each statement execute function segments_see_moved();

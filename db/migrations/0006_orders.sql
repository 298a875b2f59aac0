-- What customers ordered, what was promised, and what really happened.

create table order_sources (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  kind text not null check (kind in ('shopify')),
  name text not null,
  token text not null unique,
  secret_sealed text not null,
  -- Hours after placing within which a delivery is promised when the shop itself says nothing.
  promised_hours integer,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);
create index order_sources_of_workspace on order_sources (workspace_id, id);

create table orders (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  customer_id bigint not null,
  source text not null,
  external_id text not null,
  number text not null,
  state text not null check (state in ('placed', 'shipped', 'delivered', 'cancelled')),
  items jsonb not null default '[]',
  total numeric(14, 2),
  currency text,
  placed_at timestamptz not null,
  promised_at timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  cancelled_at timestamptz,
  late_at timestamptz,
  -- What was said of each field, and when: the newest word on each stands, in whatever order words arrive.
  facts jsonb not null,
  tracking text,
  updated_at timestamptz not null,
  unique (workspace_id, source, external_id)
);
create index orders_of_customer on orders (customer_id, placed_at desc, id desc);
create index orders_newest on orders (workspace_id, placed_at desc, id desc);
create index orders_due on orders (promised_at) where delivered_at is null and late_at is null and cancelled_at is null;

-- Every webhook that came, as it came, with what became of it.
create table order_events (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  source_id bigint not null references order_sources on delete cascade,
  event_key text not null,
  topic text not null,
  order_external_id text,
  body jsonb not null,
  received_at timestamptz not null,
  outcome text not null check (outcome in ('taken', 'waiting', 'ignored')),
  unique (source_id, event_key)
);
create index order_events_waiting on order_events (source_id, order_external_id) where outcome = 'waiting';

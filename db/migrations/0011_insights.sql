-- What the board counts: one row a conversation, an order, a contact. Derived from the log, dropped and rebuilt.

create table conversation_facts (
  conversation_id bigint primary key,
  workspace_id bigint not null,
  customer_id bigint not null,
  channel text,
  began text not null,
  arrived_at timestamptz not null,
  queue_length integer,
  first_response_at timestamptz,
  first_response_minutes double precision,
  first_response_business_minutes double precision,
  first_response_kept boolean,
  first_closed_at timestamptz,
  last_closed_at timestamptz,
  is_closed boolean not null default false,
  closings integer not null default 0,
  reopenings integer not null default 0,
  asked_at timestamptz,
  withheld_because text,
  rating integer,
  comment text,
  rated_at timestamptz,
  member_id bigint
);
create index conversation_facts_arrived on conversation_facts (workspace_id, arrived_at);
create index conversation_facts_rated on conversation_facts (workspace_id, rated_at) where rating is not null;
create index conversation_facts_closed on conversation_facts (workspace_id, first_closed_at);
create index conversation_facts_of_customer on conversation_facts (customer_id);

create table order_facts (
  order_id bigint primary key,
  workspace_id bigint not null,
  customer_id bigint not null,
  number text,
  placed_at timestamptz,
  promised_at timestamptz,
  delivered_at timestamptz,
  late_at timestamptz,
  cancelled_at timestamptz
);
create index order_facts_promised on order_facts (workspace_id, promised_at);
create index order_facts_of_customer on order_facts (customer_id, placed_at);

create table contact_facts (
  position bigint primary key,
  workspace_id bigint not null,
  customer_id bigint not null,
  at timestamptz not null,
  we_wrote_first boolean not null
);
create index contact_facts_by_time on contact_facts (workspace_id, at);

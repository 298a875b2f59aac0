-- Service threads, the messages in them, and what is kept about how long each state lasted.

create table conversations (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  customer_id bigint not null,
  subject text not null,
  status text not null default 'open' check (status in ('open', 'closed')),
  channel text not null,
  began text not null check (began in ('customer', 'member')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  assignee_id bigint references members,
  tags text[] not null default '{}',
  mail_address_id bigint,
  opened_at timestamptz not null,
  last_message_at timestamptz not null,
  preview text not null default '',
  -- Since when the customer has been waiting for an answer; null while we wait for them.
  waiting_since timestamptz,
  due_at timestamptz,
  due_kind text check (due_kind in ('first response', 'next response')),
  first_response_at timestamptz,
  first_response_due_at timestamptz,
  resolution_due_at timestamptz,
  closed_at timestamptz,
  first_closed_at timestamptz,
  reopened integer not null default 0,
  last_inbound_id bigint not null default 0,
  -- What the inbox sorts by: the hour in which an answer is due, then whoever is at risk.
  due_hour timestamptz not null default 'infinity',
  at_risk boolean not null default false,
  search tsvector not null default ''
);
create index conversations_urgent on conversations (workspace_id, due_hour, at_risk desc, id) where status = 'open';
create index conversations_waiting on conversations (workspace_id) where status = 'open' and waiting_since is not null;
create index conversations_open on conversations (workspace_id, last_message_at desc, id desc) where status = 'open';
create index conversations_newest on conversations (workspace_id, last_message_at desc, id desc);
create index conversations_of_customer on conversations (customer_id, last_message_at desc, id desc);
create index conversations_of_assignee on conversations (workspace_id, assignee_id, last_message_at desc, id desc) where status = 'open';
create index conversations_search on conversations using gin (search);

create table messages (
  id bigint generated always as identity primary key,
  conversation_id bigint not null references conversations on delete cascade,
  workspace_id bigint not null,
  customer_id bigint not null,
  kind text not null check (kind in ('message', 'reply', 'note', 'automatic')),
  direction text check (direction in ('in', 'out')),
  author_kind text not null check (author_kind in ('customer', 'member', 'system')),
  author_id bigint,
  author_name text not null,
  text text not null,
  whole_text text,
  html text,
  has_remote_images boolean not null default false,
  authentication jsonb,
  -- How an outgoing message got on: null for notes and what came in.
  delivery_id bigint,
  delivery_state text,
  delivery_detail text,
  created_at timestamptz not null
);
create index messages_of_conversation on messages (conversation_id, id);
create index messages_of_delivery on messages (delivery_id) where delivery_id is not null;

create table attachments (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  message_id bigint references messages on delete cascade,
  digest text not null,
  name text not null,
  type text not null,
  size integer not null,
  content_id text,
  token text not null unique,
  uploaded_by bigint,
  created_at timestamptz not null
);
create index attachments_of_message on attachments (message_id);

create table drafts (
  conversation_id bigint not null references conversations on delete cascade,
  member_id bigint not null references members on delete cascade,
  workspace_id bigint not null,
  text text not null,
  saved_at timestamptz not null,
  primary key (conversation_id, member_id)
);

create table conversation_reads (
  conversation_id bigint not null references conversations on delete cascade,
  member_id bigint not null references members on delete cascade,
  workspace_id bigint not null,
  message_id bigint not null,
  primary key (conversation_id, member_id)
);

-- Every state a conversation was in, from when until when.
create table status_intervals (
  conversation_id bigint not null references conversations on delete cascade,
  workspace_id bigint not null,
  status text not null check (status in ('waiting on us', 'waiting on customer', 'closed')),
  began_at timestamptz not null,
  ended_at timestamptz,
  primary key (conversation_id, began_at, status)
);
create index status_intervals_running on status_intervals (conversation_id) where ended_at is null;

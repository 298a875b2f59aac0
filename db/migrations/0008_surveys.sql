-- Asking customers how it was: one question after a conversation, for now.

create table survey_settings (
  workspace_id bigint primary key references workspaces on delete cascade,
  -- notice: under notice and with an opt-out; opt-in: only those who agreed; off: nobody.
  asking text not null default 'notice' check (asking in ('notice', 'opt-in', 'off'))
);

create table survey_asks (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  conversation_id bigint not null,
  customer_id bigint not null,
  member_id bigint,
  token text not null unique,
  state text not null check (state in ('waiting', 'deferred', 'sent', 'withheld', 'cancelled')),
  reason text,
  deferred_until timestamptz,
  deferrals integer not null default 0,
  first_due_at timestamptz not null,
  sent_at timestamptz,
  delivery_id bigint,
  unique (workspace_id, conversation_id)
);
create index survey_asks_by_state on survey_asks (workspace_id, state, first_due_at);

-- Presses of the button, kept to tell a person from a machine that presses everything.
create table survey_presses (
  ask_id bigint not null references survey_asks on delete cascade,
  workspace_id bigint not null,
  rating integer not null,
  pressed_at timestamptz not null
);
create index survey_presses_of_ask on survey_presses (ask_id, pressed_at desc);

create table survey_responses (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  ask_id bigint not null unique references survey_asks on delete cascade,
  conversation_id bigint not null,
  customer_id bigint not null,
  rating integer check (rating between 1 and 5),
  comment text,
  answered_at timestamptz not null,
  changed_at timestamptz not null
);
create index survey_responses_newest on survey_responses (workspace_id, answered_at desc, id desc);

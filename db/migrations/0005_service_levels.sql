-- The promises of time a workspace makes, and the hours in which they are counted.

create table service_levels (
  workspace_id bigint primary key references workspaces on delete cascade,
  first_response_minutes integer not null default 240,
  next_response_minutes integer not null default 240,
  resolution_minutes integer not null default 1440,
  -- For each day, Monday first, the intervals in which people answer: [["09:00","12:30"],["13:00","17:30"]].
  hours jsonb not null,
  -- Days without hours, as dates.
  holidays date[] not null default '{}'
);

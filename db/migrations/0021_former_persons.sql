-- Persons that became part of another one, and since when they were in which segment: so that they are again, should the
-- merge be taken back.

create table former_persons (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  -- Who stood for the person, and all customers it was, in order.
  customer_id bigint not null,
  members bigint[] not null,
  ended_at timestamptz not null,
  -- By segment: since when, and whether by inheritance.
  memberships jsonb not null
);
create index former_persons_of on former_persons (workspace_id, customer_id);

-- In since a part of the person was: the log told it of that part, not of this customer.
alter table segment_members add column inherited boolean not null default false;

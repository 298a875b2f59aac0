-- Retention goes through the log in the order of arrival and remembers how far it has come, so that each look takes the
-- same time however long the log is.
create table web_events_blanked (
  workspace_id bigint primary key references workspaces on delete cascade,
  up_to bigint not null
);

create index mail_ledger_to_forget on mail_ledger (workspace_id, id) where not erased;

-- Values that are blocked from the start and that a workspace allows again.
alter table identity_rules add column allowed jsonb not null default '[]';

-- What follows from what happened was begun by nobody: a segment entered, a risk noticed, two who turn out to be one. Rows
-- written before say "reactive"; the log is not rewritten, readers know these kinds (server/features/interactions).
alter table interactions alter column initiative drop not null;

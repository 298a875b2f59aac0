-- A part of the log is made beside it and then attached: nobody who reads or appends has to wait, and what makes room
-- waits for nobody but those who change the log itself.
create or replace function ensure_interactions_partition(wanted bigint) returns void language plpgsql as $$
declare
  first bigint := wanted / 2000000 * 2000000;
  name text := 'interactions_' || to_char(first / 2000000, 'FM00000');
begin
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(7301);
  if to_regclass(name) is not null then return; end if;
  execute format('create table %I (like interactions including defaults including constraints)', name);
  execute format('alter table interactions attach partition %I for values from (%s) to (%s)', name, first, first + 2000000);
end $$;

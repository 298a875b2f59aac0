-- Two who make the same part of the log at once: whoever waited for the other sees that it is there. `to_regclass`
-- remembers that it was not until its own transaction ends; what stands in pg_class is read anew.
create or replace function ensure_interactions_partition(wanted bigint) returns void language plpgsql as $$
declare
  first bigint := wanted / 2000000 * 2000000;
  name text := 'interactions_' || to_char(first / 2000000, 'FM00000');
begin
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(7301);
  if exists (select from pg_class where relname = name) then return; end if;
  execute format('create table %I (like interactions including defaults including constraints)', name);
  execute format('alter table interactions attach partition %I for values from (%s) to (%s)', name, first, first + 2000000);
end $$;

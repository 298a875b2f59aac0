-- A part of the log that is full is rewritten in the order of customers ("sealed"), so that a page of a timeline lies
-- together on the disk.
create table sealed_partitions (
  first_position bigint primary key,
  sealed_at timestamptz not null
);

-- Counts the statements that blank or remove interactions: a copy made while one ran is thrown away.
create sequence interactions_changes as bigint cache 1;

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('throughline.erasing', true) = 'on' then
    perform nextval('interactions_changes');
    return null;
  end if;
  raise exception 'the log is append-only' using errcode = 'restrict_violation';
end $$;

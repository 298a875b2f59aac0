-- Addresses that are not written to are looked for in lower case; some were stored as they had been said.
insert into suppressions (workspace_id, channel, address, class, reason, source, suppressed_at, lifted_at)
select distinct on (workspace_id, channel, lower(address), class)
  workspace_id, channel, lower(address), class, reason, source, suppressed_at, lifted_at from suppressions
where address <> lower(address) and address not like 'hash:%'
order by workspace_id, channel, lower(address), class, lifted_at desc nulls first
on conflict (workspace_id, channel, address, class) do update
  set lifted_at = case when suppressions.lifted_at is null or excluded.lifted_at is null then null else suppressions.lifted_at end;

delete from suppressions where address <> lower(address) and address not like 'hash:%';

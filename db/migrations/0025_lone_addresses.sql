-- Whoever is known by one address alone is shown by it; who was stored before that was so is filled in. Not by an address
-- that names nobody: those blocked from the start when this was written, and what the workspace changed about them.
with default_blocked (value) as (
  values ('test@*'), ('noreply@*'), ('no-reply@*'), ('donotreply@*'), ('mailer-daemon@*'), ('info@*'), ('office@*'), ('sales@*'),
    ('support@*'), ('hello@*'), ('contact@*'), ('orders@*'), ('billing@*'), ('accounts@*'), ('postmaster@*'), ('webmaster@*')
), blocked (workspace_id, value) as (
  select w.id, d.value from workspaces w cross join default_blocked d left join identity_rules r on r.workspace_id = w.id
  where not coalesce(r.allowed, '[]') ? d.value
  union
  select r.workspace_id, lower(own) from identity_rules r, jsonb_array_elements_text(r.blocked) as own
), lone as (
  select workspace_id, customer_id, min(value) as value from identities where kind = 'email' group by 1, 2 having count(*) = 1
)
update customers c set email = lone.value
from lone
where c.workspace_id = lone.workspace_id and c.id = lone.customer_id and c.email is null and c.erased_at is null
  and not exists (
    select from blocked b
    where b.workspace_id = lone.workspace_id
      and (b.value = lone.value or (b.value like '%*' and starts_with(lone.value, left(b.value, -1)))));

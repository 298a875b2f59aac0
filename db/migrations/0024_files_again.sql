-- The same file again changes nothing, also where it contradicts itself; what a refused line named; and what webhooks brought.

-- Of the text of the file, whatever line of its own it was kept with: by it the same file is known again.
alter table imports add column content_hash text;

-- Which line of a file has the last word on something that it says differently in several lines. The file is known by a
-- hash of its text and its mapping.
create table import_words (
  workspace_id bigint not null references workspaces on delete cascade,
  customer_id bigint not null references customers on delete cascade,
  file uuid not null,
  word text not null,
  line bigint not null,
  noted_at timestamptz not null,
  primary key (customer_id, file, word)
);
create index import_words_age on import_words (noted_at);

-- Whom a refused line names, as far as it could be read: "email maria@fjord.example".
alter table import_refusals add column whose text[] not null default '{}';

-- The last bodies that came to each hook, for its test bench, and whose they were.
create table hook_bodies (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  hook_id bigint not null references hooks on delete cascade,
  at timestamptz not null,
  body text not null,
  customer_ids bigint[] not null
);
create index hook_bodies_of on hook_bodies (workspace_id, hook_id, id);
create index hook_bodies_age on hook_bodies (at);

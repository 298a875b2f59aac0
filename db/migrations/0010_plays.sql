-- Writing first. First slice: an apology is proposed when a delivery is late, and a person approves it.

create table play_settings (
  workspace_id bigint primary key references workspaces on delete cascade,
  late_delivery boolean not null default true,
  late_subject text,
  late_text text,
  coupon_code text,
  coupon_text text
);

create table proposals (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces on delete cascade,
  play text not null check (play in ('late-delivery')),
  customer_id bigint not null,
  order_id bigint not null,
  state text not null check (state in ('proposed', 'sent', 'dropped', 'withheld')),
  subject text not null,
  text text not null,
  reason text not null,
  withheld_because text,
  -- null: no coupon was on offer; otherwise whether this customer was held out of it.
  held_out boolean,
  coupon_code text,
  conversation_id bigint,
  decided_by bigint,
  decided_at timestamptz,
  created_at timestamptz not null,
  unique (workspace_id, play, order_id)
);
create index proposals_waiting on proposals (workspace_id, created_at desc, id desc) where state = 'proposed';
create index proposals_newest on proposals (workspace_id, created_at desc, id desc);

-- What each interaction says of how a customer feels, and the running sum of it. All derived from the log.

create table evidence (
  customer_id bigint not null,
  position bigint not null,
  workspace_id bigint not null,
  at timestamptz not null,
  -- Pieces about one order or one conversation are one episode, which is capped and counts once.
  episode text not null,
  kind text not null,
  reason text not null,
  initiative text not null,
  valence double precision not null,
  weight double precision not null,
  -- The customer's line: the score just before and just after this moment, and its range after.
  score_before double precision not null,
  score_after double precision not null,
  low double precision not null,
  high double precision not null,
  -- The masses after it, scaled like experience_scores: from them follows the score at any later moment.
  good_after double precision not null,
  bad_after double precision not null,
  pieces_after integer not null,
  primary key (customer_id, position)
);
create index evidence_line on evidence (customer_id, at desc, position desc);
create index evidence_by_time on evidence (workspace_id, at);

create table experience_episodes (
  customer_id bigint not null,
  episode text not null,
  workspace_id bigint not null,
  weight double precision not null,
  good double precision not null,
  bad double precision not null,
  feeling double precision not null,
  poor boolean not null,
  last_at timestamptz not null,
  primary key (customer_id, episode)
);
create index experience_episodes_poor on experience_episodes (customer_id, last_at desc) where poor;

-- Masses are scaled to a fixed moment, so that they need no touching as time passes.
create table experience_scores (
  customer_id bigint primary key,
  workspace_id bigint not null,
  good double precision not null,
  bad double precision not null,
  pieces integer not null,
  last_at timestamptz not null,
  last_position bigint not null,
  at_risk boolean not null default false
);
create index experience_scores_at_risk on experience_scores (workspace_id, customer_id) where at_risk;
create index experience_scores_of_workspace on experience_scores (workspace_id, customer_id);

-- +goose Up
-- The outbox: what is said to whom, in which language.
create table notices (
  id         uuid primary key,
  kind       text not null,
  person_id  uuid references people on delete cascade, -- null: an address without an account
  email      text not null,
  language   text not null check (language in ('en','es','ja')),
  params     jsonb not null default '{}',
  subject_id uuid,                    -- the entry, challenge or invitation it is about
  batch      text not null default '', -- what is held and released together, e.g. "results:<challenge>"
  state      text not null check (state in ('held','queued','sent','failed','cancelled')),
  attempts   integer not null default 0,
  last_error text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  sent_at    timestamptz
);
create index notices_state on notices (state, created_at);
create index notices_batch on notices (batch) where batch <> '';
create index notices_person on notices (person_id, created_at);

create table indicators (
  id              uuid primary key,
  programme_id    uuid not null references programmes,
  target_group_id uuid not null references target_groups,
  parent_id       uuid references indicators,
  slug            text not null,
  name            jsonb not null,
  definition      jsonb not null default '{}',
  unit            jsonb not null default '{}', -- {"en": {"one": "…", "other": "…"}, …}
  op              text not null check (op in ('gte','gt')),
  target          numeric not null,
  counted_by      text not null default '', -- name of the view that counts it, '' for entered by hand only
  position        integer not null,
  constraint indicators_slug unique (programme_id, slug)
);

create table measurements (
  id           uuid primary key,
  indicator_id uuid not null references indicators,
  measured_on  date not null,
  value        numeric not null,
  note         text not null default '' check (length(note) <= 2000),
  evidence     text not null default '' check (length(evidence) <= 2000),
  entered_by   uuid references people on delete set null,
  withdrawn_at timestamptz,
  created_at   timestamptz not null default clock_timestamp()
);
create index measurements_indicator on measurements (indicator_id, measured_on);

-- One row a team that takes part in a contest, by the definition of contest-startups.
create view kpi_contest_participants as
select distinct on (c.programme_id, t.id)
       c.programme_id, c.id as contest_id, t.id as team_id, t.name as team_name, t.kind, t.country,
       s.submitted_at, e.id as entry_id, e.reference, e.eligible
from entries e
join challenges ch on ch.id = e.challenge_id
join contests c on c.id = ch.contest_id
join teams t on t.id = e.team_id
join submissions s on s.id = e.last_submission_id
where e.state = 'submitted' and not c.rehearsal and not t.test
order by c.programme_id, t.id, s.submitted_at;

-- +goose Down
drop view kpi_contest_participants;
drop table measurements, indicators, notices;

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
  claimed_until timestamptz,          -- a worker is sending it until then
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
  withdrawn_at timestamptz, -- kept and shown struck, never counted again
  withdrawn_by uuid references people on delete set null,
  created_at   timestamptz not null default clock_timestamp()
);
create index measurements_indicator on measurements (indicator_id, measured_on);

-- One row an entry, with all that the count of participants and the participation export need to
-- know of it. Nothing is left out here: what counts is decided by kpi.Judge, in one place. The
-- answers are not in it, but for the stage, which is sealed until the deadline like every answer.
create view kpi_entries as
select c.programme_id, c.id as contest_id, c.slug as contest, c.title as contest_title, c.rehearsal,
       ch.id as challenge_id, ch.slug as challenge,
       (select jsonb_object_agg(x.language, x.title) from challenge_texts x where x.challenge_id = ch.id and x.title <> '') as challenge_title,
       ch.published_at, coalesce(ch.closes_at, c.closes_at) as closes_at,
       lead.id as city_id, lead.slug as city, lead.name as city_name, lead.time_zone,
       e.id as entry_id, e.reference, e.state, e.eligible, e.language,
       t.id as team_id, t.name as team_name, t.kind, t.country, t.city as team_city, t.source, t.test,
       f.submitted_at as first_submitted_at, s.submitted_at,
       case when clock_timestamp() >= coalesce(ch.closes_at, c.closes_at) then s.answers ->> 'stage' end as stage,
       (select ff.options from form_fields ff where ff.challenge_id = ch.id and ff.key = 'stage') as stage_options
from entries e
join challenges ch on ch.id = e.challenge_id
join contests c on c.id = ch.contest_id
join cities lead on lead.id = ch.lead_city_id
join teams t on t.id = e.team_id
left join submissions s on s.id = e.last_submission_id
left join submissions f on f.entry_id = e.id and f.number = 1;

-- +goose Down
drop view kpi_entries;
drop table measurements, indicators, notices;

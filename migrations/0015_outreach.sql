-- +goose Up
-- Links that tell where visitors came from. The code travels in the address alone.
create table campaign_links (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  code         text not null check (code ~ '^[a-z0-9]{4,20}$'),
  label        text not null check (length(label) between 1 and 80),
  created_by   uuid references people on delete set null,
  created_at   timestamptz not null default clock_timestamp(),
  retired_at   timestamptz,
  constraint campaign_links_code unique (code),
  constraint campaign_links_label unique (challenge_id, label)
);

-- How often a challenge was looked at, by day of the lead city's zone. No address and no visitor is
-- in it. '' is no campaign link.
create table challenge_views (
  challenge_id uuid not null references challenges on delete cascade,
  day          date not null,
  source       text not null default '',
  views        integer not null,
  primary key (challenge_id, day, source)
);

create table follows (
  person_id    uuid not null references people on delete cascade,
  challenge_id uuid not null references challenges on delete cascade,
  source       text not null default '',
  followed_at  timestamptz not null default clock_timestamp(),
  opened_told  boolean not null default false, -- the mail about the opening is out, or came too late
  closing_told boolean not null default false,
  primary key (person_id, challenge_id)
);
create index follows_challenge on follows (challenge_id);

-- The campaign link that led to an entry.
alter table entries add column source text not null default '';

-- The export of participants names the link where the team itself said nothing.
create or replace view kpi_entries as
select c.programme_id, c.id as contest_id, c.slug as contest, c.title as contest_title, c.rehearsal,
       ch.id as challenge_id, ch.slug as challenge,
       (select jsonb_object_agg(x.language, x.title) from challenge_texts x where x.challenge_id = ch.id and x.title <> '') as challenge_title,
       ch.published_at, coalesce(ch.closes_at, c.closes_at) as closes_at,
       lead.id as city_id, lead.slug as city, lead.name as city_name, lead.time_zone,
       e.id as entry_id, e.reference, e.state, e.eligible, e.language,
       t.id as team_id, t.name as team_name, t.kind, t.country, t.city as team_city,
       coalesce(nullif(t.source, ''), l.label, '') as source, t.test,
       f.submitted_at as first_submitted_at, s.submitted_at,
       case when clock_timestamp() >= coalesce(ch.closes_at, c.closes_at) then s.answers ->> 'stage' end as stage,
       (select ff.options from form_fields ff where ff.challenge_id = ch.id and ff.key = 'stage') as stage_options
from entries e
join challenges ch on ch.id = e.challenge_id
join contests c on c.id = ch.contest_id
join cities lead on lead.id = ch.lead_city_id
join teams t on t.id = e.team_id
left join campaign_links l on l.code = e.source and l.challenge_id = ch.id
left join submissions s on s.id = e.last_submission_id
left join submissions f on f.entry_id = e.id and f.number = 1;

-- +goose Down
create or replace view kpi_entries as
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
alter table entries drop column source;
drop table follows, challenge_views, campaign_links;

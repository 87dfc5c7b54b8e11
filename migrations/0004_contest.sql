-- +goose Up
create table contests (
  id               uuid primary key,
  programme_id     uuid not null references programmes,
  slug             text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  record_scope     text not null unique,
  title            jsonb not null,
  focus            jsonb not null default '{}',
  how_to_apply     jsonb not null default '{}',
  month            integer,
  time_zone        text not null,
  opens_at         timestamptz not null,
  closes_at        timestamptz not null,
  judging_ends_at  timestamptz not null,
  results_at       timestamptz not null,
  standstill_days  integer not null default 5 check (standstill_days between 0 and 90),
  entry_languages  jsonb not null default '["en","es","ja"]',
  blind            boolean not null default false,
  official_order   text not null default 'raw' check (official_order in ('raw','calibrated')),
  bytes_grace_hours integer not null default 24 check (bytes_grace_hours between 0 and 168),
  reviews_per_entry integer not null default 3 check (reviews_per_entry between 1 and 50),
  rehearsal        boolean not null default false,
  announced_at     timestamptz,
  archived_at      timestamptz,
  version          integer not null default 1,
  created_at       timestamptz not null default clock_timestamp(),
  constraint contests_slug unique (slug),
  constraint contests_dates check (opens_at < closes_at and closes_at < judging_ends_at and judging_ends_at < results_at)
);

create table prizes (
  id         uuid primary key,
  contest_id uuid not null references contests on delete cascade,
  kind       text not null check (kind in ('testbed','travel','meeting','other')),
  region     text check (region in ('EU','JP','other')),
  text       jsonb not null,
  position   integer not null,
  unique (contest_id, position)
);

create table challenges (
  id              uuid primary key,
  contest_id      uuid not null references contests,
  lead_city_id    uuid not null references cities,
  slug            text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,78}$'),
  language        text not null check (language in ('en','es','ja')), -- the authoritative version
  sample          boolean not null default false,
  tags            jsonb not null default '[]',
  opens_at        timestamptz, -- null: the contest's
  closes_at       timestamptz,
  judging_ends_at timestamptz,
  results_at      timestamptz,
  -- Recorded acts; the state follows from them and from the dates.
  submitted_at    timestamptz, submitted_by uuid references people on delete set null, -- sent for approval
  returned_at     timestamptz, returned_by  uuid references people on delete set null, return_reason text not null default '',
  approved_at     timestamptz, approved_by  uuid references people on delete set null,
  published_at    timestamptz, published_by uuid references people on delete set null,
  assigned_at     timestamptz,
  locked_at       timestamptz, locked_by    uuid references people on delete set null, -- the scores
  decided_at      timestamptz, decided_by   uuid references people on delete set null,
  released_at     timestamptz, released_by  uuid references people on delete set null, -- the results
  deadline_leaf   bigint,
  version         integer not null default 1,
  created_by      uuid references people on delete set null,
  created_at      timestamptz not null default clock_timestamp(),
  updated_at      timestamptz not null default clock_timestamp(),
  constraint challenges_slug unique (slug),
  constraint challenges_dates check (
    (opens_at is null or closes_at is null or opens_at < closes_at) and
    (closes_at is null or judging_ends_at is null or closes_at < judging_ends_at) and
    (judging_ends_at is null or results_at is null or judging_ends_at < results_at)),
  constraint challenges_two_people check (approved_by is null or submitted_by is null or approved_by <> submitted_by)
);
create index challenges_contest on challenges (contest_id);
create index challenges_lead_city on challenges (lead_city_id);

-- All cities of a challenge, the lead first.
create table challenge_cities (
  challenge_id uuid not null references challenges on delete cascade,
  city_id      uuid not null references cities,
  position     integer not null,
  primary key (challenge_id, city_id)
);
create table challenge_testbeds (
  challenge_id uuid not null references challenges on delete cascade,
  testbed_id   uuid not null references testbeds,
  primary key (challenge_id, testbed_id)
);

-- One row a language that has text. Sections are Markdown. source_version is the version of the
-- authoritative text that a translation was made from.
create table challenge_texts (
  challenge_id   uuid not null references challenges on delete cascade,
  language       text not null check (language in ('en','es','ja')),
  title          text not null default '' check (length(title) <= 120),
  summary        text not null default '' check (length(summary) <= 400),
  problem        text not null default '' check (length(problem) <= 20000),
  context        text not null default '' check (length(context) <= 20000),
  success        text not null default '' check (length(success) <= 20000),
  resources      text not null default '' check (length(resources) <= 20000),
  eligibility    text not null default '' check (length(eligibility) <= 20000),
  demonstration  text not null default '' check (length(demonstration) <= 20000),
  terms          text not null default '' check (length(terms) <= 20000),
  source_version integer not null default 0,
  version        integer not null default 1,
  updated_by     uuid references people on delete set null,
  updated_at     timestamptz not null default clock_timestamp(),
  primary key (challenge_id, language)
);

-- The rubric. Weights are whole per cent and sum to 100 (checked when sent for approval).
create table criteria (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  key          text not null,
  position     integer not null,
  weight       integer not null check (weight between 0 and 100),
  lowest       integer not null default 0,
  highest      integer not null default 5,
  name         jsonb not null,
  description  jsonb not null default '{}',
  anchors      jsonb not null default '[]', -- one text by language for each score, lowest first
  check (lowest < highest),
  constraint criteria_key unique (challenge_id, key)
);

-- What an entry is asked for.
create table form_fields (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  key          text not null,
  position     integer not null,
  section      text not null,
  kind         text not null check (kind in ('short','long','choice','link','file')),
  required     boolean not null default false,
  max_chars    integer check (max_chars > 0),
  accept       jsonb not null default '[]', -- file kinds: pdf, image, video
  max_bytes    bigint,
  label        jsonb not null,
  hint         jsonb not null default '{}',
  options      jsonb not null default '[]', -- choices: [{"key": "…", "label": {…}}]
  constraint form_fields_key unique (challenge_id, key)
);

-- +goose Down
drop table form_fields, criteria, challenge_texts, challenge_testbeds, challenge_cities, challenges, prizes, contests;

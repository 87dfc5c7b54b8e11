-- +goose Up
alter table challenges
  add column terms_template text constraint challenges_terms_template
    check (terms_template in ('startup-keeps','joint-results','open-results','each-keeps')),
  add column publish_at    timestamptz, -- an approved challenge publishes itself then
  add column publish_at_by uuid references people on delete set null,
  add column cloned_from   uuid references challenges on delete set null,
  add constraint challenges_publish_at check (publish_at is null or approved_at is not null or published_at is not null);

-- What a second person wants changed, anchored to a section, in that person's language.
create table edit_requests (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  section      text not null check (section in ('headline','problem','context','success','resources','eligibility','prizes',
                                                'timeline','criteria','entering','demonstration','terms')),
  body         text not null check (length(body) between 1 and 2000),
  language     text not null check (language in ('en','es','ja')),
  requested_by uuid references people on delete set null,
  requested_at timestamptz not null default clock_timestamp(),
  done_by      uuid references people on delete set null,
  done_at      timestamptz
);
create index edit_requests_challenge on edit_requests (challenge_id);

-- The sections in the original language as they stood each time they were sent for approval.
create table challenge_sendings (
  challenge_id uuid not null references challenges on delete cascade,
  round        integer not null check (round > 0),
  sent_at      timestamptz not null,
  sections     jsonb not null, -- text by section key
  primary key (challenge_id, round)
);

-- Yes/no questions that every entrant answers.
create table eligibility_questions (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  key          text not null,
  position     integer not null,
  question     jsonb not null,
  explanation  jsonb not null default '{}', -- what a wrong answer means, said kindly
  expected     boolean not null,            -- the answer that lets a team take part
  blocking     boolean not null default true,
  constraint eligibility_questions_key unique (challenge_id, key)
);
create table eligibility_answers (
  entry_id    uuid not null references entries on delete cascade,
  question_id uuid not null references eligibility_questions on delete cascade,
  answer      boolean not null,
  answered_by uuid references people on delete set null,
  answered_at timestamptz not null default clock_timestamp(),
  primary key (entry_id, question_id)
);

-- Files and links that a city attaches to a challenge.
create table challenge_resources (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  position     bigint generated always as identity,
  kind         text not null check (kind in ('file','link')),
  title        jsonb not null,
  url          text not null default '' check (length(url) <= 2000),
  name         text not null default '' check (length(name) <= 255),
  size         bigint not null default 0 check (size >= 0),
  media_type   text not null default '',
  sha256       bytea,
  object_key   text,
  upload_id    text not null default '',
  state        text not null check (state in ('uploading','checking','ready','infected','refused')),
  scanned      boolean not null default false,
  created_by   uuid references people on delete set null,
  created_at   timestamptz not null default clock_timestamp(),
  removed_at   timestamptz,
  check ((kind = 'link') = (object_key is null))
);
create index challenge_resources_challenge on challenge_resources (challenge_id);

-- Days are days in UTC.
create table resource_downloads (
  resource_id uuid not null references challenge_resources on delete cascade,
  day         date not null,
  count       integer not null default 0,
  primary key (resource_id, day)
);
-- Who asked within the last hour, as a hash under a salt that lives for a day; old rows are swept.
create table resource_visits (
  resource_id uuid not null references challenge_resources on delete cascade,
  visitor     bytea not null,
  counted_at  timestamptz not null,
  primary key (resource_id, visitor)
);
create table visit_salts (
  day  date primary key,
  salt bytea not null
);

-- +goose Down
drop table visit_salts, resource_visits, resource_downloads, challenge_resources, eligibility_answers, eligibility_questions,
  challenge_sendings, edit_requests;
alter table challenges drop constraint challenges_publish_at, drop column cloned_from, drop column publish_at_by,
  drop column publish_at, drop column terms_template;

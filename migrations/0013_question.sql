-- +goose Up
-- Until when questions are taken; null: five days before the deadline.
alter table challenges add column questions_close_at timestamptz;

-- Questions of members and what the officials answered. Public answers are read by everyone, and
-- the asker is never named.
create table questions (
  id              uuid primary key,
  challenge_id    uuid not null references challenges on delete cascade,
  asked_by        uuid references people on delete set null,
  language        text not null check (language in ('en','es','ja')),
  body            text not null check (length(body) between 1 and 2000),
  asked_at        timestamptz not null default clock_timestamp(),
  answer          text not null default '' check (length(answer) <= 10000),
  answer_language text check (answer_language in ('en','es','ja')),
  public          boolean not null default false, -- the answer is for everyone
  answered_by     uuid references people on delete set null,
  answered_at     timestamptz,
  published_at    timestamptz, -- when everyone could first read the answer
  edited_at       timestamptz, -- the answer was changed after it was given
  told_at         timestamptz, -- teams and followers were told of the public answer
  hidden_at       timestamptz,
  hidden_by       uuid references people on delete set null,
  hidden_reason   text not null default '' check (length(hidden_reason) <= 2000),
  source_version  integer not null default 1, -- rises with each change of the answer
  version         integer not null default 1,
  constraint questions_answered check ((answered_at is null) = (answer = '')),
  constraint questions_published check (not public or answered_at is not null)
);
create index questions_challenge on questions (challenge_id, asked_at desc);
create index questions_asked_by on questions (asked_by, asked_at);
create index questions_untold on questions (challenge_id) where public and told_at is null;

-- Question and answer in another language, made from a version of the original.
create table question_texts (
  question_id    uuid not null references questions on delete cascade,
  language       text not null check (language in ('en','es','ja')),
  body           text not null check (length(body) between 1 and 4000),
  answer         text not null default '' check (length(answer) <= 20000),
  source_version integer not null,
  updated_by     uuid references people on delete set null,
  updated_at     timestamptz not null default clock_timestamp(),
  primary key (question_id, language)
);

-- +goose Down
drop table question_texts, questions;
alter table challenges drop column questions_close_at;

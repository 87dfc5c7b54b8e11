-- +goose Up
-- What the assignment needs to know of a juror. tags are "question/option" of the form's choice
-- questions; max_reviews counts every challenge of the contest.
alter table seats
  add column languages   text[] not null default '{}', -- of the entries the juror reads; empty: all
  add column tags        text[] not null default '{}',
  add column max_reviews integer check (max_reviews between 0 and 10000),
  add column version     integer not null default 1;

-- The chair's word on one juror and one entry.
create table assignment_wishes (
  seat_id  uuid not null references seats on delete cascade,
  entry_id uuid not null references entries on delete cascade,
  kind     text not null check (kind in ('pin','forbid','prefer')),
  set_by   uuid references people on delete set null,
  set_at   timestamptz not null default clock_timestamp(),
  primary key (seat_id, entry_id)
);
create index assignment_wishes_entry on assignment_wishes (entry_id);

-- Jurors who left the jury of one challenge: what they have submitted counts, nothing new is given.
create table dropouts (
  seat_id      uuid not null references seats on delete cascade,
  challenge_id uuid not null references challenges on delete cascade,
  set_by       uuid references people on delete set null,
  left_at      timestamptz not null default clock_timestamp(),
  primary key (seat_id, challenge_id)
);

-- Each assignment that was made, with the seed that decided between equals.
create table allotments (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  mode         text not null check (mode in ('all','even')),
  per_entry    integer not null,
  host_seat    boolean not null,
  seed         text not null,
  added        integer not null,
  removed      integer not null,
  leaf_id      bigint not null,
  made_by      uuid references people on delete set null,
  made_at      timestamptz not null
);
create index allotments_challenge on allotments (challenge_id, made_at);
revoke update on allotments from fieldtrial_runtime;

-- +goose Down
drop table allotments, dropouts, assignment_wishes;
alter table seats drop column version, drop column max_reviews, drop column tags, drop column languages;

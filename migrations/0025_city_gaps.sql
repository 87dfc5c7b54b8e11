-- +goose Up
-- Counters of what is drafted for a published challenge. They only rise, so that a draft that was thrown
-- away and begun again is never taken for the one that somebody still has open: draft_serial counts every
-- change of the draft and is its version, form_drafts those of the form in it.
alter table challenges add column draft_serial integer not null default 0, add column form_drafts integer not null default 0;
update challenges c set draft_serial = d.version from rules_drafts d where d.challenge_id = c.id;

-- The wish to open sealed entries before the deadline. Somebody else with the right confirms it, until
-- the deadline or until it is taken back; only then anything is opened.
create table early_proposals (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  reason       text not null check (length(reason) between 1 and 1000),
  language     text not null check (language in ('en','es','ja')),
  proposed_by  uuid references people on delete set null,
  proposed_at  timestamptz not null default clock_timestamp(),
  ended_at     timestamptz,
  ended_by     uuid references people on delete set null,
  ended_as     text check (ended_as in ('confirmed','taken_back')),
  constraint early_proposals_ended check ((ended_at is null) = (ended_as is null))
);
create unique index early_proposals_standing on early_proposals (challenge_id) where ended_at is null;
-- Who proposed what was opened; null: opened before there were proposals.
alter table early_openings add column proposed_by uuid references people on delete set null;

-- +goose Down
alter table early_openings drop column proposed_by;
drop table early_proposals;
alter table challenges drop column form_drafts, drop column draft_serial;

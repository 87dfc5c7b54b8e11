-- +goose Up
-- Why an entry can fail the check of eligibility, by contest: [{"key": "…", "label": {…}}]. null: the
-- product's own list.
alter table contests add column screening_reasons jsonb;

-- One act on many entries: what was asked, and how far it is. Small ones are done in the transaction
-- that makes the row; larger ones by a job.
create table screening_runs (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  act          text not null check (act in ('pass','fail','correct','tell','undo','close')),
  params       jsonb not null default '{}',
  entries      uuid[] not null,
  at           integer not null default 0, -- how many of entries were looked at
  done         integer not null default 0,
  skipped      jsonb not null default '[]', -- [{"entry", "reference", "code"}]
  started_by   uuid references people on delete set null,
  started_at   timestamptz not null default clock_timestamp(),
  finished_at  timestamptz
);
create index screening_runs_challenge on screening_runs (challenge_id, started_at);

-- Every verdict, undone ones too. The one that stands is mirrored in entries.eligible.
create table screenings (
  id        uuid primary key,
  entry_id  uuid not null references entries on delete cascade,
  run_id    uuid not null references screening_runs on delete cascade,
  passed    boolean not null,
  reasons   jsonb not null default '[]', -- keys of the contest's list
  note      text not null default '' check (length(note) <= 2000),
  language  text not null check (language in ('en','es','ja')), -- of the note
  made_by   uuid references people on delete set null,
  made_at   timestamptz not null default clock_timestamp(),
  told_at   timestamptz, -- when the team was written to
  undone_at timestamptz,
  undone_by uuid references people on delete set null
);
create unique index screenings_standing on screenings (entry_id) where undone_at is null;
create index screenings_entry on screenings (entry_id);
create index screenings_run on screenings (run_id);

-- Fields of a submitted entry that its team may change again until a moment, and send again.
create table corrections (
  id        uuid primary key,
  entry_id  uuid not null references entries on delete cascade,
  run_id    uuid not null references screening_runs on delete cascade,
  fields    uuid[] not null check (cardinality(fields) > 0),
  until     timestamptz not null,
  note      text not null default '' check (length(note) <= 2000),
  language  text not null check (language in ('en','es','ja')),
  before    uuid not null references submissions on delete cascade, -- the last one when it was asked
  asked_by  uuid references people on delete set null,
  asked_at  timestamptz not null default clock_timestamp(),
  closed_at timestamptz -- before its time, by a verdict or by the official
);
create unique index corrections_open on corrections (entry_id) where closed_at is null;
create index corrections_entry on corrections (entry_id, asked_at);
-- The correction that a submission answers; null: sent before the deadline.
alter table submissions add column correction_id uuid references corrections on delete set null;

-- A look into the sealed entries before the deadline: once a challenge, by whom and why.
create table early_openings (
  challenge_id uuid primary key references challenges on delete cascade,
  reason       text not null check (length(reason) between 1 and 1000),
  language     text not null check (language in ('en','es','ja')),
  opened_by    uuid references people on delete set null,
  opened_at    timestamptz not null,
  leaf_id      bigint not null
);
revoke update, delete on early_openings from fieldtrial_runtime;

-- +goose Down
alter table submissions drop column correction_id;
drop table early_openings, corrections, screenings, screening_runs;
alter table contests drop column screening_reasons;

-- +goose Up
-- An erased account stays as a row without anything of its person, so that scores, figures and the log of
-- who saw what keep their references.
alter table people add column erased_at timestamptz;

-- The list that a restore replays: ids alone. It is printed by `fieldtrial admin erasures` to be kept apart.
create table erasures (
  person_id uuid primary key references people,
  erased_at timestamptz not null default clock_timestamp(),
  by_admin  boolean not null default false
);
revoke update, delete on erasures from fieldtrial_runtime;

-- What somebody agreed to, in which version of the text. A new answer is a new row.
create table consents (
  id        uuid primary key,
  person_id uuid not null references people on delete cascade,
  purpose   text not null check (purpose in ('news','contact')),
  version   integer not null check (version > 0),
  language  text not null check (language in ('en','es','ja')),
  given     boolean not null,
  at        timestamptz not null default clock_timestamp()
);
create index consents_person on consents (person_id, purpose, at desc);

-- A copy of one's own data, made by a job. It goes after seven days.
create table data_copies (
  id         uuid primary key,
  person_id  uuid not null references people on delete cascade,
  state      text not null default 'waiting' check (state in ('waiting','making','ready','failed')),
  done       integer not null default 0, -- parts of total
  total      integer not null,
  content    bytea,
  created_at timestamptz not null default clock_timestamp(),
  ready_at   timestamptz,
  expires_at timestamptz not null
);
create index data_copies_person on data_copies (person_id, created_at desc);

-- Breaches of personal data, with the clocks that the GDPR and the APPI start.
create table breaches (
  id             uuid primary key,
  noticed_at     timestamptz not null,
  what           text not null check (length(what) between 1 and 4000),
  people         integer check (people >= 0), -- affected; null: not known yet
  gdpr           boolean not null, -- people in the EU are affected
  appi           boolean not null, -- people in Japan are affected
  on_purpose     boolean not null default false, -- an attack: the APPI gives 60 days for the full report
  measures       text not null default '' check (length(measures) <= 4000),
  authority_at   timestamptz, -- GDPR: the supervisory authority was told
  first_at       timestamptz, -- APPI: preliminary report
  full_at        timestamptz, -- APPI: full report
  people_told_at timestamptz,
  closed_at      timestamptz,
  version        integer not null default 1,
  entered_by     uuid references people on delete set null,
  entered_at     timestamptz not null default clock_timestamp(),
  check (gdpr or appi)
);
revoke delete on breaches from fieldtrial_runtime;

-- +goose Down
drop table breaches, data_copies, consents, erasures;
alter table people drop column erased_at;

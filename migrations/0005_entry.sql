-- +goose Up
create table teams (
  id         uuid primary key,
  name       text not null check (length(name) between 1 and 200),
  latin_name text not null default '' check (length(latin_name) <= 200),
  kind       text not null check (kind in ('startup','company','university','group','person')),
  country    text not null check (country ~ '^[A-Z]{2}$'),
  city       text not null default '',
  website    text not null default '',
  source     text not null default '',
  test       boolean not null default false, -- made for trying out: never counted
  version    integer not null default 1,
  created_by uuid references people on delete set null,
  created_at timestamptz not null default clock_timestamp()
);

create sequence entry_references start 1001;

create table entries (
  id                 uuid primary key,
  challenge_id       uuid not null references challenges,
  team_id            uuid not null references teams,
  reference          text not null unique,
  language           text not null check (language in ('en','es','ja')),
  state              text not null default 'draft' check (state in ('draft','submitted','withdrawn')),
  eligible           boolean, -- null: not screened
  changed_at         timestamptz not null default clock_timestamp(), -- last edit of an answer or a file
  last_submission_id uuid,
  withdrawn_at       timestamptz,
  version            integer not null default 1,
  created_by         uuid references people on delete set null,
  created_at         timestamptz not null default clock_timestamp(),
  constraint entries_one_per_team unique (challenge_id, team_id)
);
create index entries_challenge on entries (challenge_id, state);
create index entries_team on entries (team_id);

alter table exclusions add foreign key (entry_id) references entries on delete cascade;

-- One row a field: autosave carries the version it was typed over.
create table answers (
  entry_id   uuid not null references entries on delete cascade,
  field_id   uuid not null references form_fields,
  value      text not null default '',
  version    integer not null default 1,
  updated_by uuid references people on delete set null,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (entry_id, field_id)
);

create table files (
  id            uuid primary key,
  entry_id      uuid not null references entries on delete cascade,
  field_id      uuid not null references form_fields,
  name          text not null check (length(name) between 1 and 255),
  size          bigint not null check (size > 0),
  declared_type text not null,
  detected_type text not null default '',
  sha256        bytea, -- of the stored bytes, computed here
  object_key    text not null unique,
  upload_id     text not null default '',
  part_size     bigint not null,
  state         text not null default 'uploading' check (state in ('uploading','checking','clean','infected','not_scanned','refused')),
  scan_detail   text not null default '',
  uploaded_by   uuid references people on delete set null,
  created_at    timestamptz not null default clock_timestamp(),
  completed_at  timestamptz,
  removed_at    timestamptz
);
create index files_entry on files (entry_id, field_id) where removed_at is null;

-- What was sent, as sent. The last one counts.
create table submissions (
  id           uuid primary key,
  entry_id     uuid not null references entries on delete cascade,
  number       integer not null,
  answers      jsonb not null, -- {"field key": "value"}
  files        jsonb not null, -- [{"id", "field", "name", "size", "sha256"}]
  leaf_id      bigint not null,
  submitted_by uuid references people on delete set null,
  submitted_at timestamptz not null,
  unique (entry_id, number)
);
alter table entries add foreign key (last_submission_id) references submissions deferrable initially deferred;

-- +goose Down
alter table entries drop constraint entries_last_submission_id_fkey;
alter table exclusions drop constraint exclusions_entry_id_fkey;
drop table submissions, files, answers, entries;
drop sequence entry_references;
drop table teams;

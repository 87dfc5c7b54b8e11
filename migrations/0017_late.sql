-- +goose Up
-- Minutes after the deadline in which an entry is still taken, marked as late. 0: none, which is the
-- default. A challenge's own number overrides its contest's.
alter table contests add column grace_minutes integer not null default 0
  constraint contests_grace check (grace_minutes between 0 and 1440);
alter table challenges add column grace_minutes integer
  constraint challenges_grace check (grace_minutes between 0 and 1440);

-- A later moment for one team, by an official's act. The latest one counts; none is taken back.
create table extensions (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  team_id      uuid not null references teams on delete cascade,
  until        timestamptz not null,
  reason       text not null check (length(reason) between 1 and 2000),
  language     text not null check (language in ('en','es','ja')), -- of the reason
  granted_by   uuid references people on delete set null,
  granted_at   timestamptz not null,
  leaf_id      bigint not null
);
create index extensions_team on extensions (challenge_id, team_id, until);

-- What the browser says the bytes will be. A submission may carry a file by this alone; the bytes
-- follow and must match.
alter table files add column promised_sha256 bytea check (octet_length(promised_sha256) = 32);
alter table files drop constraint files_state_check, add constraint files_state_check
  check (state in ('uploading','checking','clean','infected','not_scanned','refused','missing'));
create index files_promised on files (entry_id) where promised_sha256 is not null and state in ('uploading','missing');
-- An earlier version of a file, kept until the entry is submitted without it.
alter table files add column replaced_at timestamptz;

-- As what a submission was taken. hash_only: on time, with files whose bytes were still on their way.
alter table submissions add column kind text not null default 'on_time'
  constraint submissions_kind check (kind in ('on_time','hash_only','grace','extension','correction'));

-- Mails about bytes that are still missing: one at the deadline, one before the last moment.
create table bytes_reminders (
  entry_id uuid not null references entries on delete cascade,
  step     text not null check (step in ('closed','ending')),
  until    timestamptz not null, -- the last moment that the mail names; a later one is a mail of its own
  sent_at  timestamptz not null default clock_timestamp(),
  primary key (entry_id, step, until)
);

-- Texts of an answer that were replaced by somebody else, or that stood for a while: what was
-- typed is found again.
create table answer_versions (
  entry_id   uuid not null references entries on delete cascade,
  field_id   uuid not null references form_fields on delete cascade,
  version    integer not null,
  value      text not null,
  written_by uuid references people on delete set null,
  written_at timestamptz not null,
  primary key (entry_id, field_id, version)
);

-- +goose Down
drop table answer_versions, bytes_reminders;
alter table submissions drop column kind;
drop index files_promised;
update files set state = 'uploading' where state = 'missing';
alter table files drop constraint files_state_check, add constraint files_state_check
  check (state in ('uploading','checking','clean','infected','not_scanned','refused'));
alter table files drop column replaced_at, drop column promised_sha256;
drop table extensions;
alter table challenges drop column grace_minutes;
alter table contests drop column grace_minutes;

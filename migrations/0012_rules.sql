-- +goose Up
-- Every version of a published challenge's rules as it stood; version 1 is what was published. The
-- application adds versions and never changes one.
create table rules_versions (
  challenge_id uuid not null references challenges on delete cascade,
  number       integer not null check (number >= 1),
  kind         text not null check (kind in ('published','changed','extended')),
  snapshot     text not null, -- canonical JSON, byte for byte what was hashed
  hash         bytea not null check (length(hash) = 32), -- SHA-256 of the snapshot, on record
  reason       jsonb not null default '{}',
  leaf_id      bigint,
  published_by uuid references people on delete set null,
  published_at timestamptz not null,
  primary key (challenge_id, number)
);
revoke update, delete on rules_versions from fieldtrial_runtime;

-- The next version while it is being written: one a challenge. body holds what would change.
create table rules_drafts (
  challenge_id uuid primary key references challenges on delete cascade,
  body         jsonb not null,
  reason       jsonb not null default '{}',
  version      integer not null default 1,
  updated_by   uuid references people on delete set null,
  updated_at   timestamptz not null default clock_timestamp()
);

-- Which versions a team accepted for its entry.
create table rules_acceptances (
  entry_id    uuid not null references entries on delete cascade,
  number      integer not null check (number >= 1),
  accepted_by uuid references people on delete set null,
  accepted_at timestamptz not null default clock_timestamp(),
  primary key (entry_id, number)
);

-- The deadline as it was first published, once it was extended.
alter table challenges add column extended_from timestamptz;

-- +goose Down
alter table challenges drop column extended_from;
drop table rules_acceptances, rules_drafts, rules_versions;

-- +goose Up
-- Whether what is handed in in a calibration round becomes the jurors' reviews of those entries. Said
-- before the challenge opens.
alter table challenges add column calibration_counts boolean not null default false;

-- A round in which the whole jury scores the same two entries before any other, to see how far apart
-- they are. One that was called off keeps its reason and makes place for another.
create table calibrations (
  id            uuid primary key,
  challenge_id  uuid not null references challenges,
  counts        boolean not null, -- as it was settled before the challenge opened
  opened_by     uuid references people on delete set null,
  opened_at     timestamptz not null,
  closed_by     uuid references people on delete set null,
  closed_at     timestamptz,
  cancelled_by  uuid references people on delete set null,
  cancelled_at  timestamptz,
  cancel_reason text not null default '' check (length(cancel_reason) <= 1000),
  body          text, -- what was handed in, byte for byte as the record holds its hash; without names
  leaf_id       bigint,
  constraint calibrations_one_end check (closed_at is null or cancelled_at is null),
  constraint calibrations_closed check ((closed_at is null) = (body is null) and (closed_at is null) = (leaf_id is null)),
  constraint calibrations_cancelled check (cancelled_at is null or cancel_reason <> '')
);
create unique index calibrations_one_live on calibrations (challenge_id) where cancelled_at is null;

create table calibration_entries (
  calibration_id uuid not null references calibrations on delete cascade,
  entry_id       uuid not null references entries,
  position       integer not null,
  primary key (calibration_id, entry_id)
);
create index calibration_entries_entry on calibration_entries (entry_id);

-- What a juror scored. It is no review: nothing of it counts unless that was settled before.
create table calibration_sheets (
  calibration_id uuid not null,
  entry_id       uuid not null,
  seat_id        uuid not null references seats,
  scores         jsonb not null, -- {"criterion id": score}
  to_team        text not null default '' check (length(to_team) <= 4000),
  language       text not null check (language in ('en','es','ja')),
  version        integer not null default 1,
  updated_at     timestamptz not null default clock_timestamp(),
  primary key (calibration_id, entry_id, seat_id),
  foreign key (calibration_id, entry_id) references calibration_entries on delete cascade
);
create index calibration_sheets_seat on calibration_sheets (seat_id);

-- Who has handed in, all sheets at once. It is not taken back: from then on the juror sees the others'.
create table calibration_handed (
  calibration_id uuid not null references calibrations on delete cascade,
  seat_id        uuid not null references seats,
  handed_at      timestamptz not null,
  primary key (calibration_id, seat_id)
);
revoke update, delete on calibration_handed from fieldtrial_runtime;
revoke delete on calibrations, calibration_entries, calibration_sheets from fieldtrial_runtime;

-- +goose Down
drop table calibration_handed, calibration_sheets, calibration_entries, calibrations;
alter table challenges drop column calibration_counts;

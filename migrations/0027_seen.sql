-- +goose Up
-- Who opened which entry, file or review: one row a person, thing, role and hour. Only people outside
-- the entry's own team are noted.
create table seen (
  person_id uuid not null references people on delete cascade,
  entry_id  uuid not null references entries on delete cascade,
  kind      text not null check (kind in ('entry','file','review')),
  thing_id  uuid not null, -- the entry, the file, or the entry whose reviews were read
  role      text not null, -- as what they were let in
  hour      timestamptz not null,
  first_at  timestamptz not null default clock_timestamp(),
  last_at   timestamptz not null default clock_timestamp(),
  times     integer not null default 1,
  primary key (entry_id, person_id, kind, thing_id, role, hour)
);
create index seen_last on seen (last_at, entry_id);
-- Rows are kept as they are: an hour that is over is never written again.
revoke delete on seen from fieldtrial_runtime;

-- A contest has ended when it is archived, or when the last standstill after its results is over.
-- Its jurors and chairs see nothing of it from then on.
-- +goose StatementBegin
create function contest_ended(contest uuid) returns boolean language sql stable as $$
  select k.archived_at is not null or (
    exists (select from challenges c where c.contest_id = k.id and c.released_at is not null)
    and not exists (select from challenges c where c.contest_id = k.id and c.published_at is not null
      and (c.released_at is null or c.released_at + make_interval(days => k.standstill_days) > clock_timestamp())))
  from contests k where k.id = contest
$$;
-- +goose StatementEnd

-- +goose Down
drop function contest_ended(uuid);
drop table seen;

-- +goose Up
-- A juror's seat in a contest. Reviews point to the seat, never to the person: erasing a person
-- edits the seat.
create table seats (
  id         uuid primary key,
  contest_id uuid not null references contests,
  person_id  uuid references people on delete set null,
  pseudonym  text not null, -- random; what the record knows a juror by is derived from it for each entry
  city_id    uuid references cities, -- the host city the juror belongs to, if any
  active     boolean not null default true,
  created_at timestamptz not null default clock_timestamp(),
  constraint seats_once unique (contest_id, person_id)
);

-- Before content: a juror went through the list of organisations of a challenge.
create table conflict_declarations (
  seat_id      uuid not null references seats on delete cascade,
  challenge_id uuid not null references challenges on delete cascade,
  declared_at  timestamptz not null default clock_timestamp(),
  primary key (seat_id, challenge_id)
);

create table assignments (
  id         uuid primary key,
  entry_id   uuid not null references entries,
  seat_id    uuid not null references seats,
  created_by uuid references people on delete set null,
  created_at timestamptz not null default clock_timestamp(),
  ended_at   timestamptz, -- recused, abstained or taken away
  ended_why  text not null default '',
  constraint assignments_once unique (entry_id, seat_id)
);
create index assignments_seat on assignments (seat_id);

-- A juror's working copy, and which of its versions counts. Edits after a submission do not count
-- until they are submitted as well.
create table reviews (
  id                uuid primary key,
  assignment_id     uuid not null references assignments,
  entry_id          uuid not null references entries,
  seat_id           uuid not null references seats,
  scores            jsonb not null default '{}', -- {"criterion id": score}
  to_team           text not null default '' check (length(to_team) <= 4000),
  to_jury           text not null default '' check (length(to_jury) <= 4000),
  language          text not null check (language in ('en','es','ja')),
  version           integer not null default 1,
  submitted_version integer, -- the version that counts; null: never submitted
  submitted_at      timestamptz,
  locked_at         timestamptz,
  updated_at        timestamptz not null default clock_timestamp(),
  constraint reviews_one_per_assignment unique (assignment_id)
);
create index reviews_entry on reviews (entry_id);

-- Every submitted version, as submitted.
create table review_versions (
  review_id uuid not null references reviews on delete cascade,
  version   integer not null,
  scores    jsonb not null,
  to_team   text not null,
  to_jury   text not null,
  language  text not null,
  total     numeric(7,4) not null check (total between 0 and 100),
  leaf_id   bigint not null,
  saved_at  timestamptz not null default clock_timestamp(),
  primary key (review_id, version)
);
alter table reviews add constraint reviews_counted foreign key (id, submitted_version)
  references review_versions deferrable initially deferred;

-- Each time the scores of a challenge were locked: again after a review was reopened.
create table rounds (
  challenge_id uuid not null references challenges,
  number       integer not null,
  root         bytea not null check (length(root) = 32), -- Merkle root over the sorted commitments of the reviews that count
  reviews      integer not null,
  leaf_id      bigint not null,
  locked_by    uuid references people on delete set null,
  locked_at    timestamptz not null,
  primary key (challenge_id, number)
);

-- The only way to unlock a review: a reason that stays, in the same transaction.
create table review_reopenings (
  review_id uuid not null references reviews,
  reason    text not null check (length(reason) between 1 and 1000),
  opened_by uuid references people on delete set null,
  opened_at timestamptz not null default clock_timestamp(),
  leaf_id   bigint not null,
  xact      xid8 not null default pg_current_xact_id(),
  primary key (review_id, opened_at)
);

-- The application adds to these and reads them; it changes nothing.
revoke update, delete on review_versions, rounds, review_reopenings from fieldtrial_runtime;

-- Locked means locked: no role but the owner can take these triggers away.
-- +goose StatementBegin
create function refuse_locked_review() returns trigger language plpgsql as $$
begin
  if old.locked_at is null then
    if tg_op = 'DELETE' then return old; end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and new.locked_at is null
     and to_jsonb(new) - 'locked_at' = to_jsonb(old) - 'locked_at'
     and exists (select from review_reopenings o where o.review_id = old.id and o.xact = pg_current_xact_id()) then
    return new;
  end if;
  raise exception 'review % is locked', old.id using errcode = 'check_violation', constraint = 'reviews_locked';
end $$;
-- +goose StatementEnd
create trigger reviews_locked before update or delete on reviews for each row execute function refuse_locked_review();
-- +goose StatementBegin
create function refuse_locked_version() returns trigger language plpgsql as $$
begin
  if exists (select from reviews where id = new.review_id and locked_at is not null) then
    raise exception 'review % is locked', new.review_id using errcode = 'check_violation', constraint = 'reviews_locked';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger review_versions_locked before insert on review_versions for each row execute function refuse_locked_version();

-- +goose Down
alter table reviews drop constraint reviews_counted;
drop table review_reopenings, rounds, review_versions, reviews, assignments, conflict_declarations, seats;
drop function refuse_locked_version();
drop function refuse_locked_review();

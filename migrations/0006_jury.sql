-- +goose Up
-- A juror's seat in a contest. Reviews point to the seat, never to the person: erasing a person
-- edits the seat.
create table seats (
  id         uuid primary key,
  contest_id uuid not null references contests,
  person_id  uuid references people on delete set null,
  pseudonym  text not null,
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

create table reviews (
  id            uuid primary key,
  assignment_id uuid not null references assignments,
  entry_id      uuid not null references entries,
  seat_id       uuid not null references seats,
  state         text not null default 'draft' check (state in ('draft','submitted')),
  to_team       text not null default '' check (length(to_team) <= 4000),
  to_jury       text not null default '' check (length(to_jury) <= 4000),
  total         numeric(7,4), -- 0..100, null while a criterion is missing
  version       integer not null default 1,
  submitted_at  timestamptz,
  leaf_id       bigint,
  locked_at     timestamptz,
  updated_at    timestamptz not null default clock_timestamp(),
  constraint reviews_one_per_assignment unique (assignment_id)
);
create index reviews_entry on reviews (entry_id);

create table review_scores (
  review_id    uuid not null references reviews on delete cascade,
  criterion_id uuid not null references criteria,
  score        integer not null,
  primary key (review_id, criterion_id)
);

-- Every saved version of a submitted review.
create table review_versions (
  review_id uuid not null references reviews on delete cascade,
  version   integer not null,
  content   jsonb not null,
  saved_at  timestamptz not null default clock_timestamp(),
  primary key (review_id, version)
);

-- Locked means locked: no role but the owner can take this trigger away.
-- +goose StatementBegin
create function refuse_locked_review() returns trigger language plpgsql as $$
begin
  if old.locked_at is not null then
    raise exception 'review % is locked', old.id using errcode = 'check_violation', constraint = 'reviews_locked';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger reviews_locked before update or delete on reviews for each row execute function refuse_locked_review();
-- +goose StatementBegin
create function refuse_locked_score() returns trigger language plpgsql as $$
declare rid uuid := case when tg_op = 'INSERT' then new.review_id else old.review_id end;
begin
  if exists (select from reviews where id = rid and locked_at is not null) then
    raise exception 'review % is locked', rid using errcode = 'check_violation', constraint = 'reviews_locked';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger review_scores_locked before insert or update or delete on review_scores for each row execute function refuse_locked_score();

-- +goose Down
drop table review_versions, review_scores, reviews, assignments, conflict_declarations, seats;
drop function refuse_locked_score();
drop function refuse_locked_review();

-- +goose Up
-- Said before a challenge opens: there is a pitch round, how many entries come into it at most, and how
-- much of the final total it makes.
create table pitch_plans (
  challenge_id uuid primary key references challenges on delete cascade,
  held         boolean not null,
  invited      integer not null check (invited between 1 and 50), -- at most
  share        integer not null check (share between 1 and 100), -- per cent; 100: the pitch alone decides among the shortlist
  version      integer not null default 1
);

-- What jurors score in it, as criteria has it for the entries.
create table pitch_criteria (
  id            uuid primary key,
  challenge_id  uuid not null references pitch_plans on delete cascade,
  key           text not null,
  position      integer not null,
  weight        integer not null check (weight between 0 and 100),
  lowest        integer not null,
  highest       integer not null,
  name          jsonb not null,
  description   jsonb not null default '{}',
  anchors       jsonb not null default '[]',
  may_not_apply boolean not null default false,
  check (lowest < highest),
  constraint pitch_criteria_key unique (challenge_id, key)
);

-- The chair named the shortlist. From then on no review is opened again.
create table pitch_rounds (
  challenge_id uuid primary key references challenges,
  version      integer not null default 1,
  named_by     uuid references people on delete set null,
  named_at     timestamptz not null,
  leaf_id      bigint not null,
  locked_by    uuid references people on delete set null,
  locked_at    timestamptz
);

-- Who is invited, and where somebody departs from the order of rank, why. at is null for an entry that
-- was passed over.
create table pitch_entries (
  challenge_id uuid not null references pitch_rounds,
  entry_id     uuid not null references entries,
  jury_rank    integer not null check (jury_rank > 0), -- when it was named
  invited      boolean not null,
  reason       text not null default '' check (length(reason) <= 2000),
  at           timestamptz,
  place        text not null default '' check (length(place) <= 500), -- or a link
  primary key (challenge_id, entry_id),
  check (invited = (at is not null))
);

create table pitch_scores (
  challenge_id uuid not null,
  entry_id     uuid not null,
  seat_id      uuid not null references seats,
  scores       jsonb not null default '{}', -- {"criterion id": score}
  comment      text not null default '' check (length(comment) <= 4000),
  version      integer not null default 1,
  updated_at   timestamptz not null default clock_timestamp(),
  primary key (entry_id, seat_id),
  foreign key (challenge_id, entry_id) references pitch_entries on delete cascade
);

-- What the round came to, byte for byte as it was hashed; the record holds the hash.
create table pitch_results (
  challenge_id uuid primary key references challenges,
  body         text not null,
  hash         bytea not null check (length(hash) = 32),
  leaf_id      bigint not null
);
revoke update, delete on pitch_results from fieldtrial_runtime;
revoke delete on pitch_rounds, pitch_entries, pitch_scores from fieldtrial_runtime;

-- Locked means locked: no role but the owner can take these triggers away. A rehearsal goes as a whole.
-- +goose StatementBegin
create function refuse_locked_pitch() returns trigger language plpgsql as $$
declare challenge uuid := case when tg_op = 'INSERT' then new.challenge_id else old.challenge_id end;
begin
  if tg_op = 'DELETE' and exists (select from challenges c join contests k on k.id = c.contest_id where c.id = challenge and k.rehearsal) then
    return old;
  end if;
  if exists (select from pitch_rounds r where r.challenge_id = challenge and r.locked_at is not null) then
    raise exception 'the pitch round of % is locked', challenge using errcode = 'check_violation', constraint = 'pitch_locked';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create function refuse_reopening_in_pitch() returns trigger language plpgsql as $$
begin
  if exists (select from reviews r join entries e on e.id = r.entry_id join pitch_rounds p on p.challenge_id = e.challenge_id where r.id = new.review_id) then
    raise exception 'a shortlist stands on review %', new.review_id using errcode = 'check_violation', constraint = 'pitch_keeps_reviews';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger pitch_rounds_locked before update or delete on pitch_rounds for each row execute function refuse_locked_pitch();
create trigger pitch_entries_locked before insert or update or delete on pitch_entries for each row execute function refuse_locked_pitch();
create trigger pitch_scores_locked before insert or update or delete on pitch_scores for each row execute function refuse_locked_pitch();
create trigger pitch_keeps_reviews before insert on review_reopenings for each row execute function refuse_reopening_in_pitch();

-- +goose Down
drop trigger pitch_keeps_reviews on review_reopenings;
drop table pitch_results, pitch_scores, pitch_entries, pitch_rounds, pitch_criteria, pitch_plans;
drop function refuse_reopening_in_pitch();
drop function refuse_locked_pitch();

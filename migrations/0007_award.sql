-- +goose Up
-- What the host decides for each entry; a draft until the challenge's decided_at.
create table decisions (
  entry_id     uuid primary key references entries,
  challenge_id uuid not null references challenges,
  outcome      text not null check (outcome in ('winner','reserve','not_selected')),
  place        integer check (place > 0), -- order among winners, and among reserves
  reason       text not null default '' check (length(reason) <= 2000), -- public, where the host departs from the jury's order
  feedback     text not null default '' check (length(feedback) <= 4000), -- to the team, beside the jurors' comments
  language     text not null check (language in ('en','es','ja')), -- of reason and feedback
  prize_id     uuid references prizes, -- for winners
  slot_id      uuid references slots,
  updated_at   timestamptz not null default clock_timestamp(),
  constraint decisions_place check ((outcome = 'not_selected') = (place is null)),
  constraint decisions_award check (outcome = 'winner' or (prize_id is null and slot_id is null)),
  constraint decisions_places unique (challenge_id, outcome, place)
);
-- The draft of a challenge as one thing with one version: two officials never overwrite each other.
create table decision_drafts (
  challenge_id uuid primary key references challenges,
  version      integer not null default 1,
  updated_by   uuid references people on delete set null,
  updated_at   timestamptz not null default clock_timestamp()
);

create table awards (
  id         uuid primary key,
  entry_id   uuid not null references entries,
  prize_id   uuid references prizes,
  testbed_id uuid references testbeds,
  city_id    uuid references cities,
  slot_id    uuid references slots,
  starts_on  date,
  ends_on    date,
  seat       integer not null default 1, -- which of the testbed's parallel places
  state      text not null default 'offered' check (state in ('offered','accepted','declined','lapsed')),
  created_at timestamptz not null default clock_timestamp(),
  constraint awards_dates check (starts_on <= ends_on)
);
create index awards_entry on awards (entry_id);
-- A slot is booked once for each of the testbed's parallel places.
create unique index awards_slot_free on awards (slot_id, seat) where state in ('offered','accepted');

-- +goose Down
drop table awards, decision_drafts, decisions;

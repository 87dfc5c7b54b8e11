-- +goose Up
-- The jury's meeting on one challenge: who was there, what it recommends, and its minutes.
create table meetings (
  id            uuid primary key,
  challenge_id  uuid not null references challenges,
  place         text not null default '' check (length(place) <= 300),
  language      text not null check (language in ('en','es','ja')), -- of everything written in it
  quorum        integer not null check (quorum between 1 and 1000), -- of all members; fewer where members are recused
  secretary     text not null default '' check (length(secretary) <= 200),
  guests        text not null default '' check (length(guests) <= 1000), -- present without a vote and without an account
  notes         text not null default '' check (length(notes) <= 8000),
  current_entry uuid references entries, -- under discussion
  version       integer not null default 1,
  opened_at     timestamptz,
  closed_at     timestamptz,
  closed_by     uuid references people on delete set null,
  constraint meetings_once unique (challenge_id)
);

create table meeting_people (
  meeting_id uuid not null references meetings on delete cascade,
  person_id  uuid not null references people on delete cascade,
  presence   text not null check (presence in ('present','remote','excused','absent')),
  member     boolean not null, -- of the jury then, with a vote
  chair      boolean not null,
  primary key (meeting_id, person_id)
);

-- The agenda: every entry that was ranked or judged, in the jury's order, with what the jury makes of it.
create table meeting_items (
  meeting_id uuid not null references meetings on delete cascade,
  entry_id   uuid not null references entries,
  position   integer not null,
  jury_rank  integer, -- when the agenda was made; null: not ranked
  outcome    text check (outcome in ('winner','reserve','not_selected')), -- null: still pending
  place      integer check (place > 0),
  reason     text not null default '' check (length(reason) <= 2000), -- where it departs from the ranking
  notes      text not null default '' check (length(notes) <= 8000), -- of the discussion
  votes_for     integer not null default 0 check (votes_for >= 0),
  votes_against integer not null default 0 check (votes_against >= 0),
  votes_abstain integer not null default 0 check (votes_abstain >= 0),
  version    integer not null default 1,
  primary key (meeting_id, entry_id),
  constraint meeting_items_place check (outcome is null or (outcome = 'not_selected') = (place is null))
);

-- Who left the room for an item.
create table meeting_away (
  meeting_id uuid not null,
  entry_id   uuid not null,
  person_id  uuid not null references people on delete cascade,
  reason     text not null default '' check (length(reason) <= 1000), -- where it was found in the meeting
  left_at    timestamptz not null,
  primary key (meeting_id, entry_id, person_id),
  foreign key (meeting_id, entry_id) references meeting_items on delete cascade
);

-- The minutes as they were when the meeting was closed, byte for byte; the record holds their hash.
create table meeting_minutes (
  meeting_id uuid primary key references meetings on delete cascade,
  body       text not null,
  hash       bytea not null check (length(hash) = 32),
  leaf_id    bigint not null,
  made_at    timestamptz not null
);
revoke update, delete on meeting_minutes from fieldtrial_runtime;

-- +goose Down
drop table meeting_minutes, meeting_away, meeting_items, meeting_people, meetings;

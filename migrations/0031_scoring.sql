-- +goose Up
-- Whether a juror may say that a criterion does not apply to an entry: its weight then goes to the others.
alter table criteria add column may_not_apply boolean not null default false;

-- What a chair decided about a possible conflict that the program found. A confirmed one is an exclusion
-- as well.
create table conflict_rulings (
  seat_id    uuid not null references seats on delete cascade,
  entry_id   uuid not null references entries on delete cascade,
  confirmed  boolean not null,
  reason     text not null check (length(reason) between 1 and 1000),
  decided_by uuid references people on delete set null,
  decided_at timestamptz not null,
  primary key (seat_id, entry_id)
);
create index conflict_rulings_entry on conflict_rulings (entry_id);

-- +goose Down
drop table conflict_rulings;
alter table criteria drop column may_not_apply;

-- +goose Up
-- Whether teams see, once entries have closed, who judges; without it they can name nobody.
alter table contests add column panel_shown boolean not null default true;
-- Where a juror works or belongs, in the juror's own words. The chair and the teams see it.
alter table seats add column organisations text[] not null default '{}';
-- Who a team works with in what it enters.
alter table teams add column partners text[] not null default '{}';

-- A team says that a juror should not judge its entry. It binds nobody until a chair rules on it.
create table conflict_namings (
  entry_id uuid not null references entries on delete cascade,
  seat_id  uuid not null references seats on delete cascade,
  reason   text not null check (length(reason) between 1 and 1000),
  language text not null check (language in ('en','es','ja')),
  named_by uuid references people on delete set null,
  named_at timestamptz not null,
  constraint conflict_namings_once primary key (entry_id, seat_id)
);
create index conflict_namings_seat on conflict_namings (seat_id);

-- What the chair says to the team that named the juror.
alter table conflict_rulings
  add column to_team  text not null default '' check (length(to_team) <= 1000),
  add column language text not null default 'en' check (language in ('en','es','ja'));

-- +goose Down
alter table conflict_rulings drop column to_team, drop column language;
drop table conflict_namings;
alter table teams drop column partners;
alter table seats drop column organisations;
alter table contests drop column panel_shown;

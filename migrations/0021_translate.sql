-- +goose Up
-- Somebody is asked to translate a challenge. A request is answered when there is a translation of the
-- original as it is now; that follows from the texts and is stored nowhere.
create table translation_requests (
  id           uuid primary key,
  challenge_id uuid not null references challenges on delete cascade,
  language     text not null check (language in ('en','es','ja')),
  email        text not null check (email = lower(email)),
  name         text not null default '',
  note         text not null default '' check (length(note) <= 1000),
  due_on       date,
  requested_by uuid references people on delete set null,
  requested_at timestamptz not null default clock_timestamp(),
  cancelled_at timestamptz
);
create unique index translation_requests_open on translation_requests (challenge_id, language, email) where cancelled_at is null;

-- +goose Down
drop table translation_requests;

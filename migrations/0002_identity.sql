-- +goose Up
create table people (
  id            uuid primary key,
  email         text not null check (email = lower(email) and length(email) between 3 and 254),
  name          text not null check (length(name) between 1 and 200),
  language      text not null check (language in ('en','es','ja')),
  time_zone     text not null default 'UTC',
  password_hash text not null default '',
  demo          boolean not null default false,
  confirmed_at  timestamptz,
  disabled_at   timestamptz,
  version       integer not null default 1,
  created_at    timestamptz not null default clock_timestamp(),
  constraint people_email unique (email)
);

-- One row a signed-in browser. The refresh token is derived from (id, counter) with the server's
-- key, so nothing that would open a session is stored here.
create table sessions (
  id          uuid primary key,
  person_id   uuid not null references people on delete cascade,
  counter     integer not null default 0,
  rotated_at  timestamptz not null default clock_timestamp(),
  created_at  timestamptz not null default clock_timestamp(),
  revoked_at  timestamptz,
  revoked_why text not null default '',
  user_agent  text not null default ''
);
create index sessions_person on sessions (person_id);

-- Tokens sent by mail, stored hashed, used once.
create table mail_tokens (
  hash       bytea primary key,
  person_id  uuid not null references people on delete cascade,
  purpose    text not null check (purpose in ('confirm','reset')),
  expires_at timestamptz not null,
  used_at    timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
create index mail_tokens_person on mail_tokens (person_id, purpose);

-- Failed attempts, for the limit by account and by address.
create table attempts (
  id      bigint generated always as identity primary key,
  kind    text not null,
  subject text not null,
  at      timestamptz not null default clock_timestamp()
);
create index attempts_subject on attempts (kind, subject, at);

-- What somebody may do where. Team membership is a grant too. scope_id is null for the whole
-- installation.
create table grants (
  id         uuid primary key,
  person_id  uuid not null references people on delete cascade,
  role       text not null check (role in ('admin','manager','official','translator','juror','chair','auditor','team_owner','team_editor','team_viewer')),
  scope_kind text not null check (scope_kind in ('installation','city','contest','challenge','team')),
  scope_id   uuid,
  granted_by uuid references people on delete set null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  check ((scope_kind = 'installation') = (scope_id is null)),
  constraint grants_once unique nulls not distinct (person_id, role, scope_kind, scope_id)
);
create index people_name on people (lower(name), id);
create index grants_scope on grants (scope_kind, scope_id);

-- Who must not see which entry: declared conflicts and recusals. Subtracted from every list.
create table exclusions (
  person_id  uuid not null references people on delete cascade,
  entry_id   uuid not null, -- references entries, added when that table exists
  kind       text not null check (kind in ('conflict','recusal')),
  reason     text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  primary key (person_id, entry_id)
);
create index exclusions_entry on exclusions (entry_id);

create table invitations (
  id          uuid primary key,
  email       text not null check (email = lower(email)),
  name        text not null default '',
  language    text not null check (language in ('en','es','ja')),
  role        text not null,
  scope_kind  text not null,
  scope_id    uuid,
  token_hash  bytea not null unique,
  invited_by  uuid references people on delete set null,
  created_at  timestamptz not null default clock_timestamp(),
  expires_at  timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references people on delete set null,
  declined_at timestamptz,
  revoked_at  timestamptz
);
create index invitations_scope on invitations (scope_kind, scope_id);
create unique index invitations_open_once on invitations (email, role, scope_kind, scope_id)
  where accepted_at is null and declined_at is null and revoked_at is null;

-- +goose Down
drop table invitations, exclusions, grants, attempts, mail_tokens, sessions, people;

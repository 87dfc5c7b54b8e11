-- +goose Up
-- How a session was opened and from where; when its person last proved who they are. The address goes
-- after thirty days.
alter table sessions
  add column address   text not null default '',
  add column method    text not null default 'password' check (method in ('password','passkey','oidc','invitation')),
  add column factor    boolean not null default false, -- a second factor, or a passkey, was given
  add column proved_at timestamptz not null default clock_timestamp();

-- The secret of an authenticator app, sealed with the server's key. last_step is the newest step of
-- thirty seconds whose code was used: a code works once.
create table totp_secrets (
  person_id  uuid primary key references people on delete cascade,
  secret     bytea not null,
  last_step  bigint not null,
  created_at timestamptz not null default clock_timestamp()
);

-- One-time codes for the day the phone is gone, hashed with a key.
create table recovery_codes (
  person_id  uuid not null references people on delete cascade,
  hash       bytea not null,
  used_at    timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  primary key (person_id, hash)
);

create table passkeys (
  id            uuid primary key,
  person_id     uuid not null references people on delete cascade,
  name          text not null check (length(name) between 1 and 100),
  credential_id bytea not null,
  credential    jsonb not null, -- public key, counter, flags: what the WebAuthn library keeps
  created_at    timestamptz not null default clock_timestamp(),
  last_used_at  timestamptz,
  constraint passkeys_credential unique (credential_id)
);
create index passkeys_person on passkeys (person_id);

-- Sealed tickets between two steps of a sign-in that have been used up.
create table spent_tickets (
  hash       bytea primary key,
  expires_at timestamptz not null
);

-- Personal tokens for programs, stored hashed.
create table api_tokens (
  id           uuid primary key,
  person_id    uuid not null references people on delete cascade,
  name         text not null check (length(name) between 1 and 100),
  hash         bytea not null unique,
  scopes       text[] not null check (cardinality(scopes) > 0),
  created_at   timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create index api_tokens_person on api_tokens (person_id);

-- Accounts at the city's own sign-in, tied to ours by issuer and subject, never by address again.
create table oidc_links (
  issuer     text not null,
  subject    text not null,
  person_id  uuid not null references people on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  primary key (issuer, subject)
);
create index oidc_links_person on oidc_links (person_id);

-- A change of address waits for a yes from both.
create table email_changes (
  id           uuid primary key,
  person_id    uuid not null references people on delete cascade,
  old_email    text not null,
  new_email    text not null check (new_email = lower(new_email) and length(new_email) between 3 and 254),
  old_hash     bytea not null unique,
  new_hash     bytea not null unique,
  old_yes_at   timestamptz,
  new_yes_at   timestamptz,
  done_at      timestamptz,
  cancelled_at timestamptz,
  created_at   timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null
);
create index email_changes_person on email_changes (person_id);

-- What was done to an account's ways in, and by whom: a security log, kept for twelve months.
create table account_events (
  id        uuid primary key,
  person_id uuid not null references people on delete cascade,
  actor_id  uuid references people on delete set null,
  kind      text not null,
  detail    text not null default '',
  at        timestamptz not null default clock_timestamp()
);
create index account_events_person on account_events (person_id, at desc);

-- +goose Down
drop table account_events, email_changes, oidc_links, api_tokens, spent_tickets, passkeys, recovery_codes, totp_secrets;
alter table sessions drop column address, drop column method, drop column factor, drop column proved_at;

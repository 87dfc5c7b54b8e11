-- +goose Up
-- The owner of the schema runs this. The application works as fieldtrial_runtime, which owns
-- nothing: what it may do is what is granted here and in the files that follow.
-- +goose StatementBegin
do $$ begin
  if not exists (select from pg_roles where rolname = 'fieldtrial_runtime') then
    create role fieldtrial_runtime nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of the same cluster was faster
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
do $$ begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant fieldtrial_runtime to %I', current_user);
  end if;
end $$;
-- +goose StatementEnd
revoke create on schema public from public;
grant usage on schema public to fieldtrial_runtime;
alter default privileges in schema public grant select, insert, update, delete on tables to fieldtrial_runtime;
alter default privileges in schema public grant usage, select on sequences to fieldtrial_runtime;

-- One row a wish that must happen once: see database.InTx.
create table idempotency_keys (
  actor        text not null,
  key          text not null check (length(key) between 1 and 128),
  request_hash bytea not null,
  result       text not null default '',
  created_at   timestamptz not null default clock_timestamp(),
  primary key (actor, key)
);
create index idempotency_keys_created on idempotency_keys (created_at);

-- Settings of this installation that are data: demo mode, the day it was first started.
create table installation (
  key   text primary key,
  value text not null
);

-- +goose Down
drop table installation;
drop table idempotency_keys;
alter default privileges in schema public revoke select, insert, update, delete on tables from fieldtrial_runtime;
alter default privileges in schema public revoke usage, select on sequences from fieldtrial_runtime;

-- +goose Up
-- The jury's order, with its totals and ranks, is noted as something of its own: it tells what the reviews
-- come to without showing one.
alter table seen drop constraint seen_kind_check;
alter table seen add constraint seen_kind_check check (kind in ('entry','file','review','ranking'));

-- The security log speaks in the words of the contract.
update account_events set kind = case kind
  when 'totp added' then 'totp_added' when 'totp removed' then 'totp_removed'
  when 'passkey added' then 'passkey_added' when 'passkey removed' then 'passkey_removed'
  when 'recovery codes renewed' then 'recovery_renewed' when 'recovery code used' then 'recovery_used'
  when 'factors reset' then 'factors_reset' when 'token made' then 'token_made' when 'token revoked' then 'token_revoked'
  when 'address change asked' then 'address_asked' when 'address changed' then 'address_changed'
  when 'city sign-in linked' then 'city_linked' else kind end;

-- Contests that those who agreed to news were told of. What is announced already is no news any more.
create table contest_news (
  contest_id uuid primary key references contests on delete cascade,
  told_at    timestamptz not null default clock_timestamp()
);
insert into contest_news (contest_id) select id from contests where announced_at <= clock_timestamp();

-- +goose Down
drop table contest_news;
delete from seen where kind = 'ranking';
alter table seen drop constraint seen_kind_check;
alter table seen add constraint seen_kind_check check (kind in ('entry','file','review'));

-- +goose Up
-- What a contest says in its mails beside their standard text: one paragraph a kind and language.
create table contest_mails (
  contest_id uuid not null references contests on delete cascade,
  kind       text not null,
  text       jsonb not null,
  primary key (contest_id, kind)
);

-- Everything that hangs from a rehearsal, found by its foreign keys, so that a later table is
-- never forgotten. Runs as the owner: locked reviews of a rehearsal go, too. Any other contest is
-- refused here, whatever the program thinks.
-- +goose StatementBegin
create function wipe_rows(target regclass, fits text, seen regclass[]) returns void language plpgsql as $$
declare
  k record;
begin
  for k in
    select c.conrelid::regclass as child, a.attname as col, p.attname as parent_col
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_attribute p on p.attrelid = c.confrelid and p.attnum = c.confkey[1]
    where c.contype = 'f' and c.confrelid = target and cardinality(c.conkey) = 1
      and c.confdeltype not in ('n', 'd') and not c.conrelid::regclass = any(seen || target)
  loop
    perform wipe_rows(k.child, format('%I in (select %I from %s where %s)', k.col, k.parent_col, target, fits), seen || target);
  end loop;
  execute format('delete from %s where %s', target, fits);
end $$;
create function wipe_rehearsal(contest uuid) returns void language plpgsql security definer set search_path = public as $$
begin
  if not exists (select from contests where id = contest and rehearsal) then
    raise exception 'contest % is no rehearsal', contest using errcode = 'check_violation', constraint = 'contests_rehearsal_only';
  end if;
  delete from notices where subject_id in (
    select id from challenges where contest_id = contest
    union all select e.id from entries e join challenges c on c.id = e.challenge_id where c.contest_id = contest);
  delete from grants where scope_id = contest or scope_id in (select id from challenges where contest_id = contest);
  delete from invitations where scope_id = contest or scope_id in (select id from challenges where contest_id = contest);
  perform wipe_rows('contests', format('id = %L', contest), '{}');
end $$;
create or replace function refuse_locked_review() returns trigger language plpgsql as $$
begin
  if old.locked_at is null then
    if tg_op = 'DELETE' then return old; end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and new.locked_at is null
     and to_jsonb(new) - 'locked_at' = to_jsonb(old) - 'locked_at'
     and exists (select from review_reopenings o where o.review_id = old.id and o.xact = pg_current_xact_id()) then
    return new;
  end if;
  if tg_op = 'DELETE' and exists (
    select from assignments a join entries e on e.id = a.entry_id join challenges c on c.id = e.challenge_id
    join contests k on k.id = c.contest_id where a.id = old.assignment_id and k.rehearsal) then
    return old;
  end if;
  raise exception 'review % is locked', old.id using errcode = 'check_violation', constraint = 'reviews_locked';
end $$;
-- +goose StatementEnd
revoke execute on function wipe_rows(regclass, text, regclass[]) from public;
revoke execute on function wipe_rehearsal(uuid) from public;
grant execute on function wipe_rehearsal(uuid) to fieldtrial_runtime;

-- +goose Down
drop function wipe_rehearsal(uuid);
drop function wipe_rows(regclass, text, regclass[]);
drop table contest_mails;

-- +goose Up
alter table form_fields
  drop constraint form_fields_kind_check,
  add constraint form_fields_kind check (kind in ('short','long','choice','choices','number','link','date','file')),
  add column max_words       integer check (max_words > 0),
  add column min_value       double precision,
  add column max_value       double precision,
  add column unit            jsonb not null default '{}', -- of a number, by language
  add column shown_if_key    text,                        -- asked only where this choice field says …
  add column shown_if_equals text,                        -- … the option with this key
  add column frozen_after    timestamptz,                 -- the answer cannot change from then on
  add column identifying     boolean not null default false, -- says whose entry it is: withheld where judging is blind
  add column jury_sees       boolean not null default true,
  add column demonstration   boolean not null default false, -- how the entrant will demonstrate the solution
  add column added_in        integer not null default 1,  -- versions of the form, see challenges.form_version
  add column changed_in      integer not null default 1,
  add column removed_in      integer,                     -- no longer asked; kept for the answers given
  add constraint form_fields_range check (min_value <= max_value),
  add constraint form_fields_shown_if check ((shown_if_key is null) = (shown_if_equals is null));

-- Headings of the groups of fields. A challenge without rows has those of the programme's template.
create table form_sections (
  challenge_id uuid not null references challenges on delete cascade,
  key          text not null,
  position     integer not null,
  label        jsonb not null,
  primary key (challenge_id, key)
);

-- Raised by each change of the form; what a team saw last stands on its entry.
alter table challenges add column form_version integer not null default 1;
alter table entries add column form_seen integer not null default 1;

-- The question that every challenge from the programme's template has asked under this key, and
-- what shows who answers.
update form_fields set demonstration = true where key = 'demonstration' and kind = 'long';
update form_fields set identifying = true where key in ('website', 'team-experience');

-- +goose Down
alter table entries drop column form_seen;
alter table challenges drop column form_version;
drop table form_sections;
delete from answers where field_id in (select id from form_fields where kind in ('choices','number','date') or removed_in is not null);
delete from files where field_id in (select id from form_fields where removed_in is not null);
delete from form_fields where kind in ('choices','number','date') or removed_in is not null;
alter table form_fields
  drop constraint form_fields_shown_if, drop constraint form_fields_range, drop constraint form_fields_kind,
  drop column removed_in, drop column changed_in, drop column added_in, drop column demonstration, drop column jury_sees,
  drop column identifying, drop column frozen_after, drop column shown_if_equals, drop column shown_if_key,
  drop column unit, drop column max_value, drop column min_value, drop column max_words,
  add constraint form_fields_kind_check check (kind in ('short','long','choice','link','file'));

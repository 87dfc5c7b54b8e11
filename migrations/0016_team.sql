-- +goose Up
-- Editing and submitting are two rights. Whoever edited until now could submit, too, and goes on so.
alter table grants drop constraint grants_role_check;
alter table grants add constraint grants_role_check check (role in ('admin','manager','official','translator','juror','chair',
  'auditor','team_owner','team_submitter','team_editor','team_viewer'));
update grants set role = 'team_submitter' where role = 'team_editor';
update invitations set role = 'team_submitter' where role = 'team_editor';
alter table invitations
  add column sent_at timestamptz not null default clock_timestamp(), -- the last mail
  add column sends   integer not null default 1;

-- Who asked to speak for an unclaimed organisation. decided_at null: an admin has to look.
create table team_claims (
  id         uuid primary key,
  team_id    uuid not null references teams on delete cascade,
  person_id  uuid not null references people on delete cascade,
  note       text not null default '' check (length(note) <= 2000),
  created_at timestamptz not null default clock_timestamp(),
  approved   boolean,
  reason     text not null default '' check (length(reason) <= 2000), -- to the claimant
  decided_by uuid references people on delete set null, -- null: by the domain of the e-mail address
  decided_at timestamptz,
  check ((approved is null) = (decided_at is null))
);
create unique index team_claims_open_once on team_claims (team_id, person_id) where decided_at is null;
create index team_claims_person on team_claims (person_id);

-- A team offered by an owner to another member, who becomes owner by accepting.
create table team_transfers (
  id         uuid primary key,
  team_id    uuid not null references teams on delete cascade,
  from_id    uuid not null references people on delete cascade,
  to_id      uuid not null references people on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  outcome    text check (outcome in ('accepted','declined','cancelled')),
  ended_at   timestamptz,
  check ((outcome is null) = (ended_at is null)),
  check (from_id <> to_id)
);
create unique index team_transfers_open_once on team_transfers (team_id) where outcome is null;

-- The testbeds that an entry would take, most wanted first; in submissions as they were sent.
create table entry_testbeds (
  entry_id   uuid not null references entries on delete cascade,
  testbed_id uuid not null references testbeds,
  position   integer not null check (position > 0),
  primary key (entry_id, testbed_id),
  unique (entry_id, position) deferrable initially deferred
);
alter table submissions add column testbeds jsonb not null default '[]'; -- [{"id", "name": {…}}]

-- Whether the team agreed to be shown in the gallery after the results. No answer is no.
alter table entries
  add column gallery    boolean not null default false,
  add column gallery_by uuid references people on delete set null,
  add column gallery_at timestamptz;

-- Which reminder of which deadline went to whom. A deadline that moves brings its reminders anew.
create table entry_reminders (
  entry_id  uuid not null references entries on delete cascade,
  person_id uuid not null references people on delete cascade,
  moment    text not null check (moment in ('7d','2d','3h')),
  closes_at timestamptz not null,
  sent_at   timestamptz not null default clock_timestamp(),
  primary key (entry_id, person_id, moment, closes_at)
);

-- +goose Down
drop table entry_reminders;
alter table entries drop column gallery, drop column gallery_by, drop column gallery_at;
alter table submissions drop column testbeds;
drop table entry_testbeds, team_transfers, team_claims;
alter table invitations drop column sent_at, drop column sends;
update invitations set role = 'team_editor' where role = 'team_submitter';
-- Who both edits and submits keeps one of the two grants.
delete from grants g where role = 'team_submitter' and exists (select from grants o
  where o.person_id = g.person_id and o.role = 'team_editor' and o.scope_id = g.scope_id);
update grants set role = 'team_editor' where role = 'team_submitter';
alter table grants drop constraint grants_role_check;
alter table grants add constraint grants_role_check check (role in ('admin','manager','official','translator','juror','chair',
  'auditor','team_owner','team_editor','team_viewer'));

-- +goose Up
-- What was brought over from elsewhere: challenges of an archive and organisations that nobody has
-- claimed yet. The external id is the source's own; it keeps equal titles apart and makes a second
-- run of the same import change nothing.

-- A host that only keeps an archive: it is no city of the programme and has no mark of its own.
alter table cities add column archive boolean not null default false;

alter table challenges
  add column external_id text check (length(external_id) between 1 and 200),
  add column agency      text not null default '' check (length(agency) <= 300), -- who published it there
  add column source_url  text not null default '' check (length(source_url) <= 2000),
  add column import_hash bytea; -- SHA-256 of what was imported: equal means nothing to change
create unique index challenges_external on challenges (contest_id, external_id) where external_id is not null;

-- Authors are held to the template's limits by the contract; what others wrote may be longer.
alter table challenge_texts
  drop constraint if exists challenge_texts_title_check,
  drop constraint if exists challenge_texts_summary_check,
  drop constraint if exists challenge_texts_problem_check,
  drop constraint if exists challenge_texts_context_check,
  drop constraint if exists challenge_texts_success_check,
  drop constraint if exists challenge_texts_resources_check,
  drop constraint if exists challenge_texts_eligibility_check,
  drop constraint if exists challenge_texts_demonstration_check,
  drop constraint if exists challenge_texts_terms_check,
  add constraint challenge_texts_title_length check (length(title) <= 300),
  add constraint challenge_texts_summary_length check (length(summary) <= 2000),
  add constraint challenge_texts_body_length check (greatest(length(problem), length(context), length(success), length(resources),
    length(eligibility), length(demonstration), length(terms)) <= 200000);

alter table teams
  add column unclaimed   boolean not null default false, -- imported; nobody has said "this is us" yet
  add column external_id text check (length(external_id) between 1 and 300),
  add column profile     jsonb not null default '{}', -- what the source said: founded, description, categories, funding, status, programme
  add column import_hash bytea;
create unique index teams_external on teams (external_id) where external_id is not null;

-- +goose Down
drop index teams_external;
alter table teams drop column unclaimed, drop column external_id, drop column profile, drop column import_hash;
alter table challenge_texts
  drop constraint challenge_texts_title_length,
  drop constraint challenge_texts_summary_length,
  drop constraint challenge_texts_body_length,
  add constraint challenge_texts_title_check check (length(title) <= 120) not valid,
  add constraint challenge_texts_summary_check check (length(summary) <= 400) not valid,
  add constraint challenge_texts_problem_check check (length(problem) <= 20000) not valid,
  add constraint challenge_texts_context_check check (length(context) <= 20000) not valid,
  add constraint challenge_texts_success_check check (length(success) <= 20000) not valid,
  add constraint challenge_texts_resources_check check (length(resources) <= 20000) not valid,
  add constraint challenge_texts_eligibility_check check (length(eligibility) <= 20000) not valid,
  add constraint challenge_texts_demonstration_check check (length(demonstration) <= 20000) not valid,
  add constraint challenge_texts_terms_check check (length(terms) <= 20000) not valid;
drop index challenges_external;
alter table challenges drop column external_id, drop column agency, drop column source_url, drop column import_hash;
alter table cities drop column archive;

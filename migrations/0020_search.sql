-- What the list of challenges searches, folded once when a text is written: compatibility forms made
-- one, accents off, lower case. contest.Search folds the words in the same way.
-- +goose Up
alter table challenge_texts
  add column folded_head text generated always as (
    lower(regexp_replace(normalize(title || ' ' || summary, NFKD), '[\u0300-\u036f]', '', 'g'))) stored,
  add column folded_body text generated always as (
    lower(regexp_replace(normalize(problem || ' ' || context || ' ' || success || ' ' || resources || ' ' || eligibility
      || ' ' || demonstration || ' ' || terms, NFKD), '[\u0300-\u036f]', '', 'g'))) stored;

-- +goose Down
alter table challenge_texts drop column folded_head, drop column folded_body;

-- +goose Up
-- Whether a juror may say that a criterion does not apply to an entry: its weight then goes to the others.
alter table criteria add column may_not_apply boolean not null default false;

-- +goose Down
alter table criteria drop column may_not_apply;

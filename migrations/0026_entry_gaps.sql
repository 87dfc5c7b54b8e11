-- +goose Up
-- Who was told of a submitted file that turned out to be infected: the team at once, the officials
-- once they may know of the entry.
create table infected_told (
  file_id uuid not null references files on delete cascade,
  whom    text not null check (whom in ('team','officials')),
  told_at timestamptz not null default clock_timestamp(),
  primary key (file_id, whom)
);
create index files_infected on files (entry_id) where state = 'infected';

-- +goose Down
drop index files_infected;
drop table infected_told;

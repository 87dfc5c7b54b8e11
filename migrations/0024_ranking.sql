-- +goose Up
-- What each lock of the scores came to: means, calibrated scores and how sure the order is, computed
-- once in the act that locks. The lock's leaf holds the hash.
create table rankings (
  challenge_id uuid not null references challenges,
  number       integer not null, -- of the lock
  body         text not null, -- JSON, byte for byte what was hashed
  hash         bytea not null check (length(hash) = 32),
  primary key (challenge_id, number)
);
revoke update, delete on rankings from fieldtrial_runtime;

-- +goose Down
drop table rankings;

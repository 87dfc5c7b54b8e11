-- +goose Up
-- The verifiable log. What is public and may never change (leaves, order, nodes, checkpoints) lies
-- apart from what opens it (openings), so that an erasure touches openings alone.

create table record_leaves (
  id         bigint generated always as identity (cache 1) primary key, -- cache 1: ids rise in the order of the inserts, see record.AppendDeadline
  kind       text not null check (kind ~ '^[a-z0-9._]{1,64}$'),
  scope      text not null check (scope ~ '^[A-Za-z0-9_-]{1,64}$'), -- record_scope of the contest or programme
  subject    uuid, -- the entry, challenge or review it is about; private
  commitment bytea not null check (length(commitment) = 32),
  created_at timestamptz not null default clock_timestamp()
);
create index record_leaves_subject on record_leaves (subject, kind) where subject is not null;

create table record_openings (
  leaf_id bigint primary key references record_leaves,
  salt    bytea not null check (length(salt) = 32),
  payload bytea not null
);

create table record_order (
  leaf_index bigint primary key check (leaf_index >= 0),
  leaf_id    bigint not null references record_leaves,
  constraint record_order_leaf_once unique (leaf_id)
);

-- Hashes of the Merkle tree, at the positions that golang.org/x/mod/sumdb/tlog gives them.
create table record_nodes (
  position bigint primary key check (position >= 0),
  hash     bytea not null check (length(hash) = 32)
);

-- Public keys that have signed, the last one now. The private key is never in the database.
create table record_keys (
  id           integer generated always as identity primary key,
  origin       text not null,
  verifier_key text not null unique,
  created_at   timestamptz not null default clock_timestamp()
);

create table record_checkpoints (
  size      bigint primary key check (size >= 0),
  root      bytea not null check (length(root) = 32),
  note      text not null, -- the signed C2SP checkpoint, byte for byte
  key_id    integer not null references record_keys,
  signed_at timestamptz not null
);

-- The application may add to the log and read it. Only an opening may go.
revoke all on record_leaves, record_openings, record_order, record_nodes, record_keys, record_checkpoints from fieldtrial_runtime, public;
grant select, insert on record_leaves, record_order, record_nodes, record_keys, record_checkpoints to fieldtrial_runtime;
grant select, insert, delete on record_openings to fieldtrial_runtime;

-- +goose Down
drop table record_checkpoints, record_keys, record_nodes, record_order, record_openings, record_leaves;

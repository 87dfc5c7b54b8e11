package record_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// The application's own role cannot rewrite the log, whatever bug or injection it has.
func TestRuntimeRoleCannotChangeTheLog(t *testing.T) {
	s := newStored(t)
	s.append(leaves(3)...)
	s.sequence(3)
	s.append(leaf(9))
	for _, sql := range []string{
		"update record_leaves set kind = 'decision'",
		"update record_leaves set commitment = commitment",
		"update record_openings set payload = 'x'",
		"update record_order set leaf_index = leaf_index + 10",
		"update record_nodes set hash = hash",
		"update record_checkpoints set note = 'x'",
		"update record_keys set verifier_key = 'x'",
		"delete from record_leaves",
		"delete from record_order",
		"delete from record_nodes",
		"delete from record_checkpoints",
		"delete from record_keys",
		"truncate record_leaves cascade",
		"truncate record_openings",
		"truncate record_order",
		"truncate record_nodes",
		"truncate record_checkpoints",
		"alter table record_leaves disable trigger all",
		"drop table record_nodes",
	} {
		_, err := s.db.Pool().Exec(s.ctx, sql)
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != "42501" { // insufficient_privilege
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestOneLeafCannotStandTwice(t *testing.T) {
	s := newStored(t)
	ids := s.append(leaf(1))
	s.sequence(1)
	if _, err := s.db.Pool().Exec(s.ctx, "insert into record_order (leaf_index, leaf_id) values (1, $1)", ids[0]); err == nil {
		t.Error("a leaf got a second index")
	}
}

// asOwner runs sql as an attacker with the owner's password would.
func asOwner(t *testing.T, url, sql string) {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(ctx) }()
	if tag, err := c.Exec(ctx, sql); err != nil || tag.RowsAffected() == 0 {
		t.Fatalf("%s: %v, %v", sql, tag, err)
	}
}

func newOwned(t *testing.T) (stored, string) {
	t.Helper()
	db, url := testkit.DBWithOwner(t)
	return stored{t, context.Background(), db, newSigner(t)}, url
}

func TestAuditFindsWhatAnOwnerChanged(t *testing.T) {
	for name, sql := range map[string]string{
		"a leaf":       "update record_leaves set scope = 'c2' where id = 3",
		"a commitment": "update record_leaves set commitment = sha256('x') where id = 3",
		"the order":    "", // below
		"a payload":    "update record_openings set payload = 'x' where leaf_id = 3",
		"a salt":       "update record_openings set salt = sha256('x') where leaf_id = 3",
		"a root":       "update record_checkpoints set root = sha256('x'), note = replace(note, 'c', 'd') where size = 2",
		"the tail":     "delete from record_order where leaf_index = 4",
		"a hash":       "update record_nodes set hash = sha256('x') where position = 0",
		"a lost hash":  "delete from record_nodes where position = 0",
		"a checkpoint": "delete from record_checkpoints where size = 5",
	} {
		t.Run(name, func(t *testing.T) {
			s, url := newOwned(t)
			s.append(leaves(2)...)
			s.sequence(2)
			s.append(leaves(3)...)
			s.sequence(3)
			if n, err := record.Audit(s.ctx, s.db); n != 5 || err != nil {
				t.Fatalf("before: %d leaves, %v", n, err)
			}
			if name == "the order" { // two statements: the index is unique at all times
				asOwner(t, url, "update record_order set leaf_index = 99 where leaf_index = 3")
				asOwner(t, url, "update record_order set leaf_index = 3 where leaf_index = 2")
				asOwner(t, url, "update record_order set leaf_index = 2 where leaf_index = 99")
			} else {
				asOwner(t, url, sql)
			}
			if _, err := record.Audit(s.ctx, s.db); !errors.Is(err, record.ErrDamaged) {
				t.Errorf("after: %v", err)
			}
		})
	}
}

// Signing on top of a changed tree would make the operator's key vouch for a fork.
func TestSequenceSignsNothingOnADamagedTree(t *testing.T) {
	for name, sql := range map[string]string{
		"node changed":      "update record_nodes set hash = sha256('x')",
		"node gone":         "delete from record_nodes where position = 2",
		"order cut":         "delete from record_order where leaf_index = 2",
		"checkpoints gone":  "delete from record_checkpoints",
		"checkpoint forged": "update record_checkpoints set root = sha256('x')",
	} {
		t.Run(name, func(t *testing.T) {
			s, url := newOwned(t)
			s.append(leaves(3)...)
			s.sequence(3)
			asOwner(t, url, sql)
			s.append(leaf(4))
			if _, err := record.Sequence(s.ctx, s.db, s.signer); err == nil {
				t.Error("signed")
			} else if name != "node gone" && !errors.Is(err, record.ErrDamaged) {
				t.Error(err)
			}
			if c, err := record.LatestCheckpoint(s.ctx, s.db); err == nil && c.Size > 3 {
				t.Errorf("a checkpoint of %d leaves came out", c.Size)
			}
		})
	}
}

func TestAnotherKeySignsOnlyWhenAdopted(t *testing.T) {
	s := newStored(t)
	ids := s.append(leaf(1))
	s.sequence(1)
	before := s.receipt(ids[0])
	fresh := newSigner(t)
	s.append(leaf(2))
	if n, err := record.Sequence(s.ctx, s.db, fresh); !errors.Is(err, record.ErrKeyUnknown) || n != 0 {
		t.Fatalf("a stranger's key placed %d leaves: %v", n, err)
	}
	for range 2 {
		if err := record.AdoptKey(s.ctx, s.db, fresh); err != nil {
			t.Fatal(err)
		}
	}
	old := s.signer
	if _, err := record.Sequence(s.ctx, s.db, old); !errors.Is(err, record.ErrKeyUnknown) {
		t.Errorf("the old key still signs: %v", err)
	}
	// Until the new key has signed, receipts name the key that did.
	if r := s.receipt(ids[0]); r.VerifierKey != old.VerifierKey() {
		t.Errorf("receipt names %s", r.VerifierKey)
	}
	s.signer = fresh
	s.sequence(1)
	if r := s.receipt(ids[0]); r.Index != before.Index || r.VerifierKey != fresh.VerifierKey() {
		t.Errorf("receipt after the change: %+v", r)
	}
	if n, err := record.Audit(s.ctx, s.db); n != 2 || err != nil {
		t.Errorf("audit: %d, %v", n, err)
	}
}

func TestThePrivateKeyIsNotInTheDatabase(t *testing.T) {
	s := newStored(t)
	s.append(leaf(1))
	s.sequence(1)
	var all string
	err := s.db.Pool().QueryRow(s.ctx, `select string_agg(k::text, '') || (select string_agg(c::text, '') from record_checkpoints c) from record_keys k`).Scan(&all)
	if err != nil || strings.Contains(all, "PRIVATE") || !strings.Contains(all, s.signer.VerifierKey()) {
		t.Errorf("%s, %v", all, err)
	}
}

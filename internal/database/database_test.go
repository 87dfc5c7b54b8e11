package database_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
	"fieldtrial/migrations"
)

var errTaken = database.Constraint("installation_pkey", fault.New(fault.Conflict, "test.taken", "Taken."))

type row struct{ Key, Value string }

func (row) TableName() string { return "installation" }

func TestInTxRollsBackGormAndPgxTogether(t *testing.T) {
	db, ctx := testkit.DB(t), context.Background()
	boom := errors.New("boom")
	err := db.InTx(ctx, func(tx database.Tx) error {
		if err := tx.Gorm().Create(&row{"a", "1"}).Error; err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, "insert into installation values ('b','2')"); err != nil {
			return err
		}
		tx.AfterCommit(func() { t.Error("AfterCommit ran after a rollback") })
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatalf("err = %v", err)
	}
	if n := count(t, db); n != 0 {
		t.Fatalf("%d rows survived the rollback", n)
	}
}

func TestConstraintNamesBecomeFaults(t *testing.T) {
	db, ctx := testkit.DB(t), context.Background()
	put := func() error {
		return db.InTx(ctx, func(tx database.Tx) error { return tx.Gorm().Create(&row{"a", "1"}).Error })
	}
	if err := put(); err != nil {
		t.Fatal(err)
	}
	if err := put(); !errors.Is(err, errTaken) {
		t.Fatalf("second insert: %v", err)
	}
}

func TestOneKeyTwentyTimesActsOnce(t *testing.T) {
	db := testkit.DB(t)
	ctx := database.WithIdempotency(context.Background(), database.Idempotency{Actor: "p", Key: "k", Hash: []byte{1}})
	var ran, replayed atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			err := db.InTx(ctx, func(tx database.Tx) error {
				ran.Add(1)
				tx.Remember("id-1")
				return tx.Gorm().Create(&row{"a", "1"}).Error
			})
			if id, ok := database.Replayed(err); ok && id == "id-1" {
				replayed.Add(1)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if ran.Load() != 1 || replayed.Load() != 19 || count(t, db) != 1 {
		t.Fatalf("ran %d, replayed %d, rows %d", ran.Load(), replayed.Load(), count(t, db))
	}
	other := database.WithIdempotency(context.Background(), database.Idempotency{Actor: "p", Key: "k", Hash: []byte{2}})
	if err := db.InTx(other, func(database.Tx) error { return nil }); !errors.Is(err, database.ErrKeyReused) {
		t.Fatalf("another request under the same key: %v", err)
	}
}

func TestAFailedWishMayBeRepeated(t *testing.T) {
	db := testkit.DB(t)
	ctx := database.WithIdempotency(context.Background(), database.Idempotency{Actor: "p", Key: "k", Hash: []byte{1}})
	if err := db.InTx(ctx, func(database.Tx) error { return errors.New("no") }); err == nil {
		t.Fatal("no error")
	}
	ran := false
	if err := db.InTx(ctx, func(database.Tx) error { ran = true; return nil }); err != nil || !ran {
		t.Fatalf("the key of a failed wish stayed claimed: %v", err)
	}
}

func TestRuntimeRoleOwnsNothing(t *testing.T) {
	db, ctx := testkit.DB(t), context.Background()
	for _, sql := range []string{"create table x (a int)", "drop table installation", "alter table people add x int", "truncate people"} {
		if _, err := db.Pool().Exec(ctx, sql); err == nil {
			t.Errorf("the runtime role may: %s", sql)
		}
	}
}

func TestMigrationsUpDownUp(t *testing.T) {
	url, ctx := testkit.Empty(t), context.Background()
	if _, err := database.Migrate(ctx, url, migrations.Files); err != nil {
		t.Fatal("up:", err)
	}
	if err := database.MigrateDown(ctx, url, migrations.Files); err != nil {
		t.Fatal("down:", err)
	}
	n, err := database.Migrate(ctx, url, migrations.Files)
	if err != nil || n == 0 {
		t.Fatal("up again:", n, err)
	}
	if n, err = database.Migrate(ctx, url, migrations.Files); err != nil || n != 0 {
		t.Fatalf("a second start applied %d: %v", n, err)
	}
}

func TestCursorRoundTripAndRefusal(t *testing.T) {
	var a string
	var n int
	if ok, err := database.DecodeCursor(database.EncodeCursor("x", 3), &a, &n); !ok || err != nil || a != "x" || n != 3 {
		t.Fatal(ok, err, a, n)
	}
	for _, bad := range []string{"%%%", "e30", database.EncodeCursor("x"), database.EncodeCursor(1, 2)} {
		if _, err := database.DecodeCursor(bad, &a, &n); !errors.Is(err, database.ErrCursor) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func count(t *testing.T, db *database.DB) (n int) {
	t.Helper()
	if err := db.Pool().QueryRow(context.Background(), "select count(*) from installation").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

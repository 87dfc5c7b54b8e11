package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/testkit"
)

type nap struct {
	Secret string `json:"secret"`
}

func (nap) Kind() string { return "test.nap" }

type walk struct{}

func (walk) Kind() string { return "test.walk" }

func TestBoardListsRetriesAndCancels(t *testing.T) {
	t.Parallel()
	db, ctx := testkit.DB(t), context.Background()
	admin := authz.Actor{PersonID: uuid.New(), Grants: []authz.Grant{{Role: authz.Admin, Kind: authz.Installation}}}
	board, err := jobs.NewBoard(db)
	if err != nil {
		t.Fatal(err)
	}
	err = db.InTx(ctx, func(tx database.Tx) error {
		for range 3 {
			if err := jobs.Enqueue(tx, nap{"s"}); err != nil {
				return err
			}
		}
		return jobs.EnqueueAt(tx, walk{}, time.Now().Add(time.Hour))
	})
	if err != nil {
		t.Fatal(err)
	}
	list := func(f jobs.Filter) jobs.Page {
		t.Helper()
		p, err := board.List(ctx, admin, f)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	all := list(jobs.Filter{})
	if len(all.Items) != 4 || all.Items[0].Kind != "test.walk" || all.Counts["available"] != 3 || all.Counts["scheduled"] != 1 || len(all.Kinds) != 2 || all.Kinds[0] != "test.nap" {
		t.Fatalf("%+v", all)
	}
	if p := list(jobs.Filter{Kind: "test.nap", State: "available"}); len(p.Items) != 3 {
		t.Fatalf("naps: %d", len(p.Items))
	}
	first := list(jobs.Filter{Limit: 3})
	if rest := list(jobs.Filter{Limit: 3, Cursor: first.Next}); len(rest.Items) != 1 || rest.Items[0].ID >= first.Items[2].ID || rest.Next != "" {
		t.Fatalf("second page: %+v", rest)
	}

	id := all.Items[1].ID
	j, err := board.Cancel(ctx, admin, id)
	if err != nil || j.State != "cancelled" || j.MayCancel() || !j.MayRetry() {
		t.Fatalf("cancelled: %+v, %v", j, err)
	}
	if _, err := board.Cancel(ctx, admin, id); !errors.Is(err, jobs.ErrFinished) {
		t.Fatalf("cancelled twice: %v", err)
	}
	if j, err = board.Retry(ctx, admin, id); err != nil || j.State != "available" {
		t.Fatalf("retried: %+v, %v", j, err)
	}
	testkit.Exec(t, db, `update river_job set state = 'completed', finalized_at = now() where id = $1`, id)
	if _, err := board.Retry(ctx, admin, id); !errors.Is(err, jobs.ErrFinished) {
		t.Fatalf("a completed job was retried: %v", err)
	}
	testkit.Exec(t, db, `update river_job set state = 'running', finalized_at = null where id = $1`, id)
	if _, err := board.Retry(ctx, admin, id); !errors.Is(err, jobs.ErrRunning) {
		t.Fatalf("a running job was retried: %v", err)
	}
	if _, err := board.Retry(ctx, admin, 999999); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("unknown: %v", err)
	}
	manager := authz.Actor{PersonID: uuid.New(), Grants: []authz.Grant{{Role: authz.Manager, Kind: authz.Installation}}}
	if _, err := board.List(ctx, manager, jobs.Filter{}); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("a manager lists jobs: %v", err)
	}
	if _, err := board.Cancel(ctx, manager, id); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("a manager cancels a job: %v", err)
	}
}

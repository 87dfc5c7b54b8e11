package edition

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/record"
)

// Wiped counts what went with a rehearsal.
type Wiped struct{ Challenges, Entries, Files int }

// objectsAtOnce is how many stored objects one job deletes.
const objectsAtOnce = 500

// Wipe deletes a rehearsal and everything in it, in one act. slug repeats its address, so that the
// wrong one is not wiped by a slip. The record keeps a leaf that says so; accounts and teams stay.
func (s *Service) Wipe(ctx context.Context, actor authz.Actor, id uuid.UUID, slug string) (Wiped, error) {
	var out Wiped
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := locked(tx, actor, id)
		switch {
		case err != nil:
			return err
		case !c.Rehearsal:
			return ErrNotRehearsal
		case c.Slug != slug:
			return ErrOtherName
		}
		rows, err := tx.Pgx().Query(ctx, `select f.object_key from files f join entries e on e.id = f.entry_id
			join challenges ch on ch.id = e.challenge_id where ch.contest_id = $1`, id)
		if err != nil {
			return err
		}
		keys, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		out.Challenges, out.Files = c.Challenges, len(keys)
		if err := tx.Pgx().QueryRow(ctx, `select count(*) from entries e join challenges ch on ch.id = e.challenge_id where ch.contest_id = $1`, id).Scan(&out.Entries); err != nil {
			return err
		}
		for len(keys) > 0 {
			n := min(len(keys), objectsAtOnce)
			if err := jobs.Enqueue(tx, DiscardArgs{keys[:n]}); err != nil {
				return err
			}
			keys = keys[n:]
		}
		if err := s.keep(tx, c); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `select wipe_rehearsal($1)`, id)
		return err
	})
	return out, err
}

// keep puts on record that the rehearsal was wiped.
func (s *Service) keep(tx database.Tx, c Contest) error {
	var scope string
	if err := tx.Pgx().QueryRow(tx.Context(), `select record_scope from contests where id = $1`, c.ID).Scan(&scope); err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	payload, err := json.Marshal(struct {
		Contest string `json:"contest"`
		Time    string `json:"time"`
	}{c.ID.String(), record.Stamp(now)})
	if err != nil {
		return err
	}
	_, err = record.Append(tx, record.Leaf{Kind: record.KindRehearsalWiped, Scope: scope, Subject: c.ID.String(), Payload: payload})
	return err
}

// DiscardArgs asks to delete stored objects that no row names any more.
type DiscardArgs struct{ Keys []string }

// Kind names the job.
func (DiscardArgs) Kind() string { return "edition.discard" }

// Store deletes objects; deleting what is not there is no error.
type Store interface {
	Delete(ctx context.Context, key string) error
}

// DiscardWorker deletes the objects of a wiped rehearsal.
type DiscardWorker struct {
	river.WorkerDefaults[DiscardArgs]
	Store Store
}

// Work deletes; a repeat finds less to do.
func (w *DiscardWorker) Work(ctx context.Context, job *river.Job[DiscardArgs]) error {
	for _, key := range job.Args.Keys {
		if err := w.Store.Delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

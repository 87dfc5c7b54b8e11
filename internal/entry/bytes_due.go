package entry

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/notify"
)

// endingBefore is how long before the last moment for bytes the second mail goes out; it is left out
// where the whole time is less than twice that.
const endingBefore = 6 * time.Hour

// BytesDue looks after files that were submitted by their hash: it writes to the team at the
// deadline and once more before the last moment, and after that moment counts them as missing. A
// deadline that was moved back brings them back. The officials hear then of files that turned out to be
// infected. It gives the number of entries looked at; it may
// run twice at once and be repeated.
func BytesDue(ctx context.Context, db *database.DB) (int, error) {
	rows, err := db.Pool().Query(ctx, `
		select distinct f.entry_id from files f join entries e on e.id = f.entry_id
		join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id
		where e.state = 'submitted' and (f.promised_sha256 is not null and f.state in ('uploading','missing')
		    or f.state = 'infected' and not exists (select from infected_told x where x.file_id = f.id and x.whom = 'officials'))
		  and coalesce(c.closes_at, k.closes_at) between clock_timestamp() - interval '30 days' and clock_timestamp()
		order by 1`)
	if err != nil {
		return 0, err
	}
	due, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, err
	}
	seen := 0
	var failed error
	for _, id := range due {
		err := db.InTx(ctx, func(tx database.Tx) error { return bytesDue(tx, id) })
		if err == nil {
			seen++
		} else if !errors.Is(err, fault.ErrNotFound) {
			failed = errors.Join(failed, err) // one that fails must not keep the others waiting
		}
	}
	return seen, failed
}

func bytesDue(tx database.Tx, id uuid.UUID) error {
	c, r, now, err := lock(tx, id)
	if err != nil || r.Submission == nil {
		return err
	}
	if err := tellInfected(tx, c, r, now); err != nil {
		return err
	}
	last, err := sentContent(tx.Context(), tx.Pgx(), r.Submission.ID)
	if err != nil {
		return err
	}
	ids := []uuid.UUID{}
	for _, f := range last.Files {
		if f.Awaited {
			ids = append(ids, f.ID)
		}
	}
	files, err := collectFiles(tx.Context(), tx.Pgx(), `where id = any($1) and state in ('uploading','missing') order by name`, ids)
	w := r.window(c)
	if err != nil || len(files) == 0 || now.Before(w.Last()) {
		return err
	}
	until := w.FilesUntil()
	state, names := Uploading, []string{}
	if !now.Before(until) {
		state = Missing
	}
	for _, f := range files {
		names = append(names, f.Name)
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update files set state = $2 where id = any($1) and state in ('uploading','missing') and state <> $2`, ids, string(state)); err != nil {
		return err
	}
	step := "closed"
	switch {
	case state == Missing:
		return nil
	case w.Bytes >= 2*endingBefore && !now.Before(until.Add(-endingBefore)):
		step = "ending"
	}
	tag, err := tx.Pgx().Exec(tx.Context(), `insert into bytes_reminders (entry_id, step, until) values ($1,$2,$3) on conflict do nothing`, id, step, until)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	return say(tx, "bytes-missing", r, notify.Params{
		"team": r.Team.Name, "challenge": c.Title, "reference": r.Reference, "files": strings.Join(names, "\n"),
		"until": notify.Moment{At: until, Zone: c.Zone}, "url": notify.Link("/my/entries/" + r.ID.String()),
	})
}

// BytesDueArgs asks to look after bytes that are awaited. It is meant to run every minute.
type BytesDueArgs struct{}

// Kind names the job.
func (BytesDueArgs) Kind() string { return "entry.bytes_due" }

// BytesDueWorker runs BytesDue.
type BytesDueWorker struct {
	river.WorkerDefaults[BytesDueArgs]
	DB *database.DB
}

// Work looks once.
func (w *BytesDueWorker) Work(ctx context.Context, _ *river.Job[BytesDueArgs]) error {
	_, err := BytesDue(ctx, w.DB)
	return err
}

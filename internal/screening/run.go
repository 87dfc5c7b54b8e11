package screening

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
)

// Act is what is done to entries.
type Act string

// The acts. Tell writes to the teams of failed entries; Undo takes verdicts back; Close ends open
// requests for correction before their time.
const (
	Pass    Act = "pass"
	Fail    Act = "fail"
	Correct Act = "correct"
	Tell    Act = "tell"
	Undo    Act = "undo"
	Close   Act = "close"
)

// atOnce is how many entries are done in the transaction of the request; more are done by a job.
const atOnce = 200

// Request asks for one act on the entries with these ids, on those that match Filter, or, for Undo,
// on those whose verdict a run made. Reasons and Note are for Fail; Fields, Until and Note for
// Correct. Expect is the number that the preview said; 0 for any.
type Request struct {
	Act      Act
	Entries  []uuid.UUID
	Filter   *Filter
	Run      uuid.UUID
	Reasons  []string
	Note     string
	Language lang.Tag
	Fields   []uuid.UUID
	Until    time.Time
	Preview  bool
	Expect   int
}

// params is what a run keeps of its request.
type params struct {
	Reasons  []string    `json:"reasons,omitempty"`
	Note     string      `json:"note,omitempty"`
	Language lang.Tag    `json:"language"`
	Fields   []uuid.UUID `json:"fields,omitempty"`
	Until    time.Time   `json:"until,omitzero"`
	Run      uuid.UUID   `json:"run,omitzero"`
}

// Skip is an entry that an act left alone, and why: not_submitted, same, passed, failed, correcting,
// not_failed, told, unscreened, not_correcting, assigned or unknown.
type Skip struct {
	Entry     uuid.UUID `json:"entry"`
	Reference string    `json:"reference"`
	Code      string    `json:"code"`
}

// Run is an act with how far it is. ID is uuid.Nil for a preview, whose Done says how many entries
// would change.
type Run struct {
	ID        uuid.UUID
	Challenge uuid.UUID
	Act       Act
	Total     int
	At        int
	Done      int
	Skipped   []Skip
	StartedAt time.Time
	Finished  bool
	CanUndo   bool
}

// Do previews or performs an act. Up to 200 entries change in one transaction; with more the run is
// handed to a job, and Run tells how far it is.
func (s *Service) Do(ctx context.Context, actor authz.Actor, challenge uuid.UUID, r Request) (Run, error) {
	id := uuid.Must(uuid.NewV7())
	var preview Run
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.ScreenEntries, c.Scope()); err != nil {
			return err
		}
		p, err := check(tx, actor, c, r)
		if err != nil {
			return err
		}
		targets, err := targetsOf(tx, actor, c, r)
		if err != nil {
			return err
		}
		if r.Preview {
			preview, err = s.preview(tx, actor, c, r.Act, p, targets)
			return err
		}
		switch {
		case len(targets) == 0:
			return ErrNothing
		case r.Expect > 0 && r.Expect != len(targets):
			return ErrTooMany
		}
		tx.Remember(id.String())
		if _, err := tx.Pgx().Exec(ctx, `insert into screening_runs (id, challenge_id, act, params, entries, started_by)
			values ($1,$2,$3,$4,$5,$6)`, id, c.ID, string(r.Act), p, targets, actor.PersonID); err != nil {
			return err
		}
		if len(targets) > atOnce {
			return jobs.Enqueue(tx, RunArgs{Run: id})
		}
		return advance(tx, id)
	})
	if first, again := database.Replayed(err); again {
		if id, err = uuid.Parse(first); err != nil {
			return Run{}, fault.ErrNotFound
		}
	}
	if err != nil || r.Preview {
		return preview, err
	}
	return s.Run(ctx, actor, id)
}

// check refuses a request that the challenge's state or its own form does not allow.
func check(tx database.Tx, actor authz.Actor, c contest.Challenge, r Request) (params, error) {
	p := params{Note: strings.TrimSpace(r.Note), Language: languageOf(actor, r.Language)}
	now, err := tx.Now()
	if err != nil {
		return p, err
	}
	if !c.AfterDeadline(now) {
		return p, ErrStillOpen
	}
	if c.AssignedAt != nil && r.Act != Pass && r.Act != Tell && r.Act != Close || c.LockedAt != nil {
		return p, ErrAssigned
	}
	var f fault.Check
	f.That(entry.Chars(p.Note) <= 2000, "/note", "too_long", "max", 2000)
	switch r.Act {
	case Fail:
		list, err := reason.List(tx.Context(), tx.Pgx(), c.ContestID)
		if err != nil {
			return p, err
		}
		list = reason.Offered(list)
		for _, x := range list { // in the list's order, each once
			if slices.Contains(r.Reasons, x.Key) {
				p.Reasons = append(p.Reasons, x.Key)
			}
		}
		f.That(len(p.Reasons) > 0, "/reasons", "required")
		for _, k := range r.Reasons {
			f.That(slices.ContainsFunc(list, func(x reason.Reason) bool { return x.Key == k }), "/reasons", "not_a_choice")
		}
		f.That(p.Note != "" || !slices.Contains(p.Reasons, reason.Other), "/note", "required")
	case Correct:
		form, err := contest.Form(tx.Context(), tx.Pgx(), c.ID)
		if err != nil {
			return p, err
		}
		for _, x := range form {
			if slices.Contains(r.Fields, x.ID) {
				p.Fields = append(p.Fields, x.ID)
			}
		}
		p.Until = r.Until
		f.That(len(p.Fields) > 0, "/fieldIds", "required")
		f.That(len(p.Fields) == len(slices.Compact(slices.SortedFunc(slices.Values(r.Fields), compareID))), "/fieldIds", "unknown")
		f.That(p.Until.After(now), "/until", "past")
		f.That(p.Until.Before(c.Dates.Results), "/until", "order")
		f.That(p.Note != "", "/note", "required")
	case Undo:
		p.Run = r.Run
	}
	return p, f.Err()
}

func compareID(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) }

// targetsOf lists the entries of a request that the actor may see, in the order of their ids: the
// order in which they are locked.
func targetsOf(tx database.Tx, actor authz.Actor, c contest.Challenge, r Request) ([]uuid.UUID, error) {
	var rows pgx.Rows
	var err error
	switch {
	case r.Run != uuid.Nil:
		rows, err = tx.Pgx().Query(tx.Context(), `select e.id from entries e join screenings v on v.entry_id = e.id and v.undone_at is null
			where e.challenge_id = $1 and v.run_id = $3 and`+authz.NotExcluded("e.id", "$2")+`order by e.id`, c.ID, actor.PersonID, r.Run)
	case r.Filter != nil:
		rows, err = tx.Pgx().Query(tx.Context(), `select e.id`+from+`where `+selected+` order by e.id`, r.Filter.args(actor, c.ID)...)
	default:
		rows, err = tx.Pgx().Query(tx.Context(), `select e.id from entries e where e.challenge_id = $1 and e.id = any($3) and e.state <> 'draft' and`+
			authz.NotExcluded("e.id", "$2")+`order by e.id`, c.ID, actor.PersonID, r.Entries)
	}
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// Run reads an act of the actor's challenge.
func (s *Service) Run(ctx context.Context, actor authz.Actor, id uuid.UUID) (Run, error) {
	var r Run
	err := s.db.Pool().QueryRow(ctx, `select r.id, r.challenge_id, r.act, cardinality(r.entries), r.at, r.done, r.skipped, r.started_at, r.finished_at is not null,
		r.act in ('pass','fail') and r.done > 0 and c.assigned_at is null
		  and exists (select from screenings v where v.run_id = r.id and v.undone_at is null)
		from screening_runs r join challenges c on c.id = r.challenge_id where r.id = $1`, id).
		Scan(&r.ID, &r.Challenge, &r.Act, &r.Total, &r.At, &r.Done, &r.Skipped, &r.StartedAt, &r.Finished, &r.CanUndo)
	if database.NotFound(err) {
		return Run{}, fault.ErrNotFound
	}
	if err != nil {
		return Run{}, err
	}
	c, err := contest.Load(ctx, s.db.Pool(), r.Challenge)
	if err != nil {
		return Run{}, err
	}
	if err := actor.Require(authz.ScreenEntries, c.Scope()); err != nil {
		return Run{}, err
	}
	// A run may have been somebody else's: what this actor must not see is not named.
	r.Skipped = slices.DeleteFunc(r.Skipped, func(x Skip) bool { return actor.Excluded[x.Entry] })
	return r, nil
}

// RunArgs asks to go on with a run.
type RunArgs struct {
	Run uuid.UUID `json:"run"`
}

// Kind names the job.
func (RunArgs) Kind() string { return "screening.run" }

// RunWorker performs runs that are too large for one request.
type RunWorker struct {
	river.WorkerDefaults[RunArgs]
	DB *database.DB
}

// Work does a run to its end, 200 entries a transaction. It may be repeated after any failure.
func (w *RunWorker) Work(ctx context.Context, job *river.Job[RunArgs]) error {
	for {
		finished := false
		err := w.DB.InTx(ctx, func(tx database.Tx) error {
			var challenge uuid.UUID
			if err := tx.Pgx().QueryRow(ctx, `select challenge_id from screening_runs where id = $1`, job.Args.Run).Scan(&challenge); err != nil {
				return err
			}
			if _, err := contest.LockShared(tx, challenge); err != nil {
				return err
			}
			if err := advance(tx, job.Args.Run); err != nil {
				return err
			}
			return tx.Pgx().QueryRow(ctx, `select finished_at is not null from screening_runs where id = $1`, job.Args.Run).Scan(&finished)
		})
		if err != nil || finished {
			return err
		}
	}
}

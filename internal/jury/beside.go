package jury

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/score"
)

// What is scored beside the reviews, as in a calibration round and in a pitch round, is kept by other rooms. They meet the
// same jurors, entries and rubric through what stands here.

// Place is a juror's own seat in the jury of a contest.
type Place = seat

// Seated finds the actor's own seat in the jury of a challenge, once conflicts are declared: ErrDeclareFirst
// comes with the seat. Who has none finds nothing.
func Seated(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) (Place, error) {
	mine, err := seatOf(ctx, q, actor, c)
	if err != nil {
		return mine, err
	}
	ready, err := declared(ctx, q, mine.ID, c.ID)
	if err == nil && !ready {
		err = ErrDeclareFirst
	}
	return mine, err
}

// Roster lists the entries of a challenge that count and that the actor may see, by reference, without
// whose they are where judging is blind to the actor.
func Roster(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge) ([]Candidate, error) {
	all, err := roster(ctx, q, c.ID)
	if err != nil {
		return nil, err
	}
	out := visible(actor, all)
	for i := range out {
		out[i] = unnamed(actor, c, out[i])
	}
	return out, nil
}

// Arithmetic is what score needs of a rubric.
func Arithmetic(criteria []contest.Criterion) []score.Criterion { return arithmetic(criteria) }

// CheckSheet refuses scores that the rubric does not have. Pointers are /scores/<criterion>. What is
// missing is no fault.
func CheckSheet(check *fault.Check, criteria []contest.Criterion, sheet score.Sheet) {
	known := map[uuid.UUID]contest.Criterion{}
	for _, c := range criteria {
		known[c.ID] = c
	}
	for id, v := range sheet {
		c, ok := known[id]
		check.That(ok, "/scores/"+id.String(), "unknown")
		if v == score.NotApplicable {
			check.That(!ok || c.MayNotApply, "/scores/"+id.String(), "jury.applies")
			continue
		}
		check.That(!ok || v >= c.Lowest, "/scores/"+id.String(), "too_small", "min", c.Lowest)
		check.That(!ok || v <= c.Highest, "/scores/"+id.String(), "too_large", "max", c.Highest)
	}
}

// CheckDraft refuses scores and comments that do not fit the rubric; what is missing may be.
func CheckDraft(criteria []contest.Criterion, d Draft) error { return checkDraft(criteria, d) }

// CheckComplete refuses what could not count as a review yet.
func CheckComplete(criteria []contest.Criterion, d Draft) error { return complete(criteria, d) }

// Total is what the scores of a draft come to, 0 to 100; nil while one is missing.
func Total(criteria []contest.Criterion, d Draft) *float64 { return totalOf(criteria, d.Scores) }

// Mask is what the record knows a juror by for one entry.
func Mask(p Place, entryID uuid.UUID) string { return mask(p.Pseudonym, entryID) }

// StepBack makes a juror blind for an entry because of a conflict found while reading it. The caller
// holds the challenge.
func StepBack(tx database.Tx, c contest.Challenge, p Place, entryID uuid.UUID, reason string, now time.Time) error {
	reason, err := checkReason(reason)
	if err != nil {
		return err
	}
	if c.LockedAt != nil {
		return ErrLocked
	}
	return exclude(tx, c, p, entryID, "recusal", reason, now)
}

// Enter makes what a juror handed in elsewhere the submitted review of an entry, which the juror may
// change until the lock like any other. It assigns the entry where that was not done; a draft gives way,
// but for its comment to the jury. The caller holds the challenge against everyone else, and has checked
// that the draft is complete.
func Enter(tx database.Tx, c contest.Challenge, p Place, entryID uuid.UUID, draft Draft, by uuid.UUID) error {
	ctx := tx.Context()
	d := desk{entry: entryID, challenge: c, seat: p}
	err := tx.Pgx().QueryRow(ctx, `insert into assignments (id, entry_id, seat_id, created_by) values ($1, $2, $3, $4)
		on conflict on constraint assignments_once do update set ended_at = null, ended_why = ''
		returning id`, uuid.Must(uuid.NewV7()), entryID, p.ID, by).Scan(&d.assignment)
	if err != nil {
		return err
	}
	criteria, err := contest.Rubric(ctx, tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	r, err := readReview(ctx, tx.Pgx(), d, criteria, true)
	if err != nil {
		return err
	}
	draft.ToJury = r.ToJury
	if !r.exists() || !same(r.Draft, draft) {
		if err := writeDraft(tx, d, r, draft); err != nil {
			return err
		}
		if r, err = readReview(ctx, tx.Pgx(), d, criteria, true); err != nil {
			return err
		}
	}
	return keep(tx, d, criteria, r)
}

// Begin starts the actor's own review of an assigned entry from a draft, where nothing of it was written
// yet. It gives the assignment. The caller holds the challenge.
func Begin(tx database.Tx, c contest.Challenge, p Place, entryID uuid.UUID, draft Draft) (uuid.UUID, error) {
	d := desk{entry: entryID, challenge: c, seat: p}
	err := tx.Pgx().QueryRow(tx.Context(), `select id from assignments where entry_id = $1 and seat_id = $2 and ended_at is null`, entryID, p.ID).Scan(&d.assignment)
	if database.NotFound(err) {
		return uuid.Nil, fault.ErrNotFound
	}
	if err != nil {
		return uuid.Nil, err
	}
	criteria, err := contest.Rubric(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return uuid.Nil, err
	}
	_, err = saveOver(tx, d, criteria, 0, draft)
	return d.assignment, err
}

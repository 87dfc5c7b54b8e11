package entry

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
)

// SubmissionKind says as what a submission was taken.
type SubmissionKind string

// The kinds. All but the first two came after the deadline and are marked wherever they are shown.
const (
	OnTime    SubmissionKind = "on_time"
	HashOnly  SubmissionKind = "hash_only"  // on time, with files whose bytes were still on their way
	InGrace   SubmissionKind = "grace"      // in the minutes that the contest's rules give every team
	Extended  SubmissionKind = "extension"  // within an extension of its team
	Corrected SubmissionKind = "correction" // of what an official asked to correct
)

// Leaf is the kind under which such a submission is on record.
func (k SubmissionKind) Leaf() record.Kind {
	switch k {
	case HashOnly:
		return record.KindEntryPromised
	case InGrace:
		return record.KindEntryGrace
	case Extended:
		return record.KindEntryExtended
	case Corrected:
		return record.KindEntryCorrected
	}
	return record.KindEntryReceived
}

// Extension is more time for one team. Reason is in Language.
type Extension struct {
	Until    time.Time
	Reason   string
	Language string
}

// Window is until when one team may send, and as what. The moments themselves are outside.
type Window struct {
	Closes    time.Time  // the deadline
	Grace     time.Time  // the end of the grace for everybody; Closes where there is none
	Extension *Extension // of this team
	Bytes     time.Duration
}

// window joins the challenge's dates with what the entry's team was given.
func (r row) window(c contest.Challenge) Window { return windowOf(c, r.extension) }

func windowOf(c contest.Challenge, x *Extension) Window {
	return Window{Closes: c.Dates.Closes, Grace: c.Dates.Closes.Add(c.Grace), Extension: x, Bytes: c.BytesGrace}
}

// Last is the moment after which the team sends nothing any more.
func (w Window) Last() time.Time {
	if w.Extension != nil && w.Extension.Until.After(w.Grace) {
		return w.Extension.Until
	}
	return w.Grace
}

// FilesUntil is the moment until which bytes with a promised hash may follow.
func (w Window) FilesUntil() time.Time { return w.Last().Add(w.Bytes) }

// takes says as what an entry is taken at a moment, or why it is not. now is the database's clock,
// read while the challenge is locked. It is the one rule of time: a draft, a submission, a file and
// a withdrawal all ask it.
func (w Window) takes(c contest.Challenge, now time.Time) (SubmissionKind, error) {
	switch c.Phase(now) {
	case contest.Open:
		return OnTime, nil
	case contest.Draft:
		return "", fault.ErrNotFound
	case contest.Announced:
		return "", ErrNotOpen
	case contest.Closed, contest.Judging:
		if w.Extension != nil && now.Before(w.Extension.Until) {
			return Extended, nil
		}
		if now.Before(w.Grace) {
			return InGrace, nil
		}
	}
	return "", ErrDeadlinePassed
}

// phase is the challenge's phase as this team meets it: open while it may still send.
func (w Window) phase(c contest.Challenge, now time.Time) contest.Phase {
	if _, err := w.takes(c, now); err == nil {
		return contest.Open
	}
	return c.Phase(now)
}

// LastMoment gives the deadline of a challenge and the moment until which one team may still send:
// the same, or later by the contest's grace or by an extension of the team.
func LastMoment(ctx context.Context, q database.Queryer, challenge, team uuid.UUID) (closes, lateUntil time.Time, err error) {
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	x, err := extensionOf(ctx, q, challenge, team)
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	w := windowOf(c, x)
	return w.Closes, w.Last(), nil
}

// extensionOf is the latest extension of a team, nil where it has none.
func extensionOf(ctx context.Context, q database.Queryer, challenge, team uuid.UUID) (*Extension, error) {
	var x Extension
	err := q.QueryRow(ctx, `select until, reason, language from extensions where challenge_id = $1 and team_id = $2
		order by until desc limit 1`, challenge, team).Scan(&x.Until, &x.Reason, &x.Language)
	if database.NotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &x, nil
}

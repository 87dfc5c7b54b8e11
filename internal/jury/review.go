package jury

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
)

// State says how far a review is.
type State string

// The states of a review. Changed: the last submission counts, what was edited since does not.
const (
	Todo      State = "todo"
	Drafted   State = "draft"
	Submitted State = "submitted"
	Changed   State = "changed"
)

// Draft is what a juror types.
type Draft struct {
	Scores   score.Sheet
	ToTeam   string
	ToJury   string
	Language lang.Tag // in which the comments are written
}

// Review is a juror's own review. Version 0: nothing saved yet. Total is nil while a criterion is
// missing.
type Review struct {
	Draft
	Version     int
	State       State
	Total       *float64
	Locked      bool
	SubmittedAt *time.Time
	UpdatedAt   *time.Time
}

type reviewRow struct {
	Review
	id        uuid.UUID
	submitted *int
	lockedAt  *time.Time
}

func (r reviewRow) exists() bool { return r.id != uuid.Nil }

// open reports whether the juror may write. After the lock only a review that was opened again.
func (r reviewRow) open(c contest.Challenge) bool {
	return c.LockedAt == nil || (r.exists() && r.lockedAt == nil)
}

func readReview(ctx context.Context, q database.Queryer, d desk, criteria []contest.Criterion, lock bool) (reviewRow, error) {
	sql := `select id, scores, to_team, to_jury, language, version, submitted_version, submitted_at, locked_at, updated_at
		from reviews where assignment_id = $1`
	if lock {
		sql += " for update"
	}
	r := reviewRow{Review: Review{State: Todo, Draft: Draft{Scores: score.Sheet{}}}}
	var scores []byte
	err := q.QueryRow(ctx, sql, d.assignment).Scan(&r.id, &scores, &r.ToTeam, &r.ToJury, &r.Language, &r.Version,
		&r.submitted, &r.SubmittedAt, &r.lockedAt, &r.UpdatedAt)
	if err != nil && !database.NotFound(err) {
		return r, err
	}
	if r.exists() {
		if err := json.Unmarshal(scores, &r.Scores); err != nil {
			return r, err
		}
		r.State = stateOf(r.Version, r.submitted)
	}
	r.Locked = !r.open(d.challenge)
	r.Total = totalOf(criteria, r.Scores)
	return r, nil
}

func stateOf(version int, submitted *int) State {
	switch {
	case submitted == nil:
		return Drafted
	case *submitted == version:
		return Submitted
	}
	return Changed
}

func totalOf(criteria []contest.Criterion, s score.Sheet) *float64 {
	if t, ok := score.Total(arithmetic(criteria), s); ok {
		return &t
	}
	return nil
}

// arithmetic is what score needs of a rubric.
func arithmetic(criteria []contest.Criterion) []score.Criterion {
	out := make([]score.Criterion, len(criteria))
	for i, c := range criteria {
		out[i] = score.Criterion{ID: c.ID, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest}
	}
	return out
}

// SaveReview keeps the draft over the version it was typed over. Scores may be missing. The same
// draft again changes nothing.
func (s *Service) SaveReview(ctx context.Context, actor authz.Actor, assignment uuid.UUID, version int, draft Draft) (Review, error) {
	var out Review
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		d, err := lockDesk(tx, actor, assignment)
		if err != nil {
			return err
		}
		criteria, err := contest.Rubric(ctx, tx.Pgx(), d.challenge.ID)
		if err != nil {
			return err
		}
		if err := checkDraft(criteria, draft); err != nil {
			return err
		}
		out, err = saveOver(tx, d, criteria, version, draft)
		return err
	})
	return out, err
}

// saveOver keeps a draft that was checked.
func saveOver(tx database.Tx, d desk, criteria []contest.Criterion, version int, draft Draft) (Review, error) {
	if err := mayScore(tx, d); err != nil {
		return Review{}, err
	}
	r, err := readReview(tx.Context(), tx.Pgx(), d, criteria, true)
	switch {
	case err != nil:
		return Review{}, err
	case r.Locked:
		return Review{}, ErrLocked
	case r.exists() && same(r.Draft, draft):
		return r.Review, nil
	case r.Version != version:
		return Review{}, fault.ErrStale
	}
	if err := writeDraft(tx, d, r, draft); err != nil {
		return Review{}, err
	}
	r, err = readReview(tx.Context(), tx.Pgx(), d, criteria, false)
	return r.Review, err
}

func same(a, b Draft) bool {
	return a.ToTeam == b.ToTeam && a.ToJury == b.ToJury && a.Language == b.Language && maps.Equal(a.Scores, b.Scores)
}

func checkDraft(criteria []contest.Criterion, draft Draft) error {
	var check fault.Check
	CheckSheet(&check, criteria, draft.Scores)
	check.That(lang.Characters(draft.ToTeam) <= MaxComment, "/toTeam", "too_long", "max", MaxComment)
	check.That(lang.Characters(draft.ToJury) <= MaxComment, "/toJury", "too_long", "max", MaxComment)
	check.That(draft.Language.Valid(), "/language", "not_a_choice")
	return check.Err()
}

func writeDraft(tx database.Tx, d desk, r reviewRow, draft Draft) error {
	scores, err := json.Marshal(draft.Scores)
	if err != nil {
		return err
	}
	if !r.exists() {
		_, err = tx.Pgx().Exec(tx.Context(), `insert into reviews (id, assignment_id, entry_id, seat_id, scores, to_team, to_jury, language)
			values ($1,$2,$3,$4,$5,$6,$7,$8)`, uuid.Must(uuid.NewV7()), d.assignment, d.entry, d.seat.ID, scores, draft.ToTeam, draft.ToJury, string(draft.Language))
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update reviews set scores = $2, to_team = $3, to_jury = $4, language = $5,
		version = version + 1, updated_at = clock_timestamp() where id = $1`, r.id, scores, draft.ToTeam, draft.ToJury, string(draft.Language))
	return err
}

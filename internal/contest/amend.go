package contest

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/lang"
)

// What keeps rules from changing.
var (
	ErrRulesUnchanged = fault.New(fault.Conflict, "rules.unchanged", "Nothing would change. Edit something first.")
	ErrRulesClosed    = fault.New(fault.Conflict, "rules.closed", "The deadline has passed. Text and criteria stand; only the later dates can still move.")
	ErrNoDraft        = fault.New(fault.Conflict, "rules.no_draft", "There is no draft of a new version.")
	ErrResultsOut     = fault.New(fault.Conflict, "rules.results_out", "The results are out. The rules stand.")
)

// maxReason is the longest reason in one language, in characters.
const maxReason = 2000

// Amendment is what a new version changes; what is nil stays as it stands.
type Amendment struct {
	Text     *AmendedText `json:"text,omitempty"`
	Criteria []Criterion  `json:"criteria,omitempty"`
	Dates    AmendedDates `json:"dates"`
	Grace    *int         `json:"graceMinutes,omitempty"` // after the deadline
	Form     *FormPlan    `json:"form,omitempty"`
}

// AmendedText is the authoritative text as the new version says it.
type AmendedText struct {
	Title    string            `json:"title"`
	Summary  string            `json:"summary"`
	Sections map[string]string `json:"sections"`
}

// AmendedDates are dates that move; nil ones stay.
type AmendedDates struct {
	Opens       *time.Time `json:"opensAt,omitempty"`
	Closes      *time.Time `json:"closesAt,omitempty"`
	JudgingEnds *time.Time `json:"judgingEndsAt,omitempty"`
	Results     *time.Time `json:"resultsAt,omitempty"`
}

// Amend is the one way in which the rules of a published challenge change: it takes the challenge
// from everyone who submits, runs change, files the next version with its reason, puts its hash on
// record and lets everybody with an entry know. Without a difference it fails with
// ErrRulesUnchanged.
func Amend(tx database.Tx, id uuid.UUID, reason lang.Text, by uuid.UUID, change func(d Dossier, now time.Time) error) (Version, error) {
	if _, err := LockExclusive(tx, id); err != nil {
		return Version{}, err
	}
	now, err := tx.Now()
	if err != nil {
		return Version{}, err
	}
	d, err := readDossier(tx.Context(), tx.Pgx(), id)
	switch {
	case err != nil:
		return Version{}, err
	case d.PublishedAt == nil:
		return Version{}, ErrNotPublished
	case d.ReleasedAt != nil:
		return Version{}, ErrResultsOut
	}
	if err := checkReason(reason, d.Language); err != nil {
		return Version{}, err
	}
	filed, kept, err := versions(tx.Context(), tx.Pgx(), d)
	if err == nil && !kept {
		err = keepVersion(tx, id, filed[0], 0, uuid.Nil)
	}
	if err == nil {
		err = change(d, now)
	}
	if err != nil {
		return Version{}, err
	}
	return fileNext(tx, d, filed[len(filed)-1], written(reason), by, now)
}

// fileNext files the version after last and tells of it.
func fileNext(tx database.Tx, before Dossier, last Version, reason lang.Text, by uuid.UUID, now time.Time) (Version, error) {
	d, err := readDossier(tx.Context(), tx.Pgx(), before.ID)
	if err != nil {
		return Version{}, err
	}
	v := Version{Number: last.Number + 1, Kind: VersionChanged, Rules: d.Rules(), Reason: reason, At: now}
	_, hash, err := v.Rules.canonical()
	if err != nil {
		return Version{}, err
	}
	if v.Hash = hash; hash == last.Hash {
		return Version{}, ErrRulesUnchanged
	}
	later := d.Dates.Closes.After(before.Dates.Closes)
	if later && onlyDates(last.Rules, v.Rules) {
		v.Kind = VersionExtended
	}
	if later {
		if _, err := tx.Pgx().Exec(tx.Context(), `update challenges set extended_from = coalesce(extended_from, $2) where id = $1`, d.ID, before.Dates.Closes); err != nil {
			return Version{}, err
		}
	}
	leaf, err := appendRules(tx, d.Challenge, v, before.Dates)
	if err != nil {
		return Version{}, err
	}
	if err := keepVersion(tx, d.ID, v, leaf, by); err != nil {
		return Version{}, err
	}
	if err := jobs.Enqueue(tx, TellVersionArgs{Challenge: d.ID, Number: v.Number}); err != nil {
		return Version{}, err
	}
	return v, touched(tx, d.ID, true)
}

func checkReason(reason lang.Text, authoritative lang.Tag) error {
	var v fault.Check
	v.That(line(reason[authoritative]) != "", "/reason/"+string(authoritative), "required")
	for l, s := range reason {
		v.That(utf8.RuneCountInString(s) <= maxReason, "/reason/"+string(l), "too_long", "max", maxReason)
	}
	return v.Err()
}

// Extend moves the deadline later, and the dates after it where they are given. It fails once the
// old deadline has passed, by the database's clock, under the lock that submitting waits for.
func (s *Service) Extend(ctx context.Context, actor authz.Actor, id uuid.UUID, dates AmendedDates, reason lang.Text) error {
	return s.amend(ctx, actor, id, reason, func(tx database.Tx, d Dossier, now time.Time) error {
		if !now.Before(d.Dates.Closes) {
			return ErrDeadlineOver
		}
		if dates.Closes == nil {
			return fault.ErrInvalid.At("/dates/closesAt", "required", nil)
		}
		return Amendment{Dates: AmendedDates{Closes: dates.Closes, JudgingEnds: dates.JudgingEnds, Results: dates.Results}}.apply(tx, d, actor.PersonID, now)
	})
}

// ErrDeadlineOver refuses to extend what has ended.
var ErrDeadlineOver = fault.New(fault.Conflict, "rules.deadline_over", "The deadline has passed already and cannot be extended any more.")

func (s *Service) amend(ctx context.Context, actor authz.Actor, id uuid.UUID, reason lang.Text, change func(tx database.Tx, d Dossier, now time.Time) error) error {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := LockExclusive(tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.AmendRules, c.Scope()); err != nil {
			return err
		}
		tx.Remember(id.String())
		_, err = Amend(tx, id, reason, actor.PersonID, func(d Dossier, now time.Time) error { return change(tx, d, now) })
		return err
	})
	if _, replay := database.Replayed(err); replay {
		err = nil
	}
	return err
}

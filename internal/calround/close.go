package calround

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/record"
)

// Close ends the open round: every juror sees the spread from then on. What was not handed in is left
// out. Where the round counts, what was handed in becomes the jurors' reviews now.
func (s *Service) Close(ctx context.Context, actor authz.Actor, challenge uuid.UUID) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, r, now, err := running(tx, actor, challenge)
		if err != nil {
			return err
		}
		criteria, err := contest.Rubric(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		field, err := jury.Roster(ctx, tx.Pgx(), authz.System, c)
		if err != nil {
			return err
		}
		sheets, err := handed(ctx, tx.Pgx(), r, idsOf(r.among(field)))
		if err != nil {
			return err
		}
		body, err := bodyOf(criteria, sheets)
		if err != nil {
			return err
		}
		hash := sha256.Sum256(body)
		leaf, err := record.Put(tx, record.KindCalibrationClosed, c.RecordScope, c.ID, map[string]any{"challenge": c.ID, "counts": r.Counts, "sheets": len(sheets),
			"scores": base64.StdEncoding.EncodeToString(hash[:]), "time": record.Stamp(now)})
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `update calibrations set closed_at = $2, closed_by = $3, body = $4, leaf_id = $5 where id = $1`,
			r.ID, now, actor.PersonID, string(body), leaf); err != nil {
			return err
		}
		if !r.Counts || len(sheets) == 0 {
			return nil
		}
		return enter(tx, c, actor, sheets, now)
	})
}

// enter makes reviews of what was handed in.
func enter(tx database.Tx, c contest.Challenge, actor authz.Actor, sheets []handedSheet, now time.Time) error {
	for _, h := range sheets {
		if err := jury.Enter(tx, c, h.Place, h.Entry, h.Draft, actor.PersonID); err != nil {
			return err
		}
	}
	return contest.MarkAssigned(tx, c.ID, actor.PersonID, now)
}

// Cancel calls the open round off. The reason stays; what was scored in it counts nowhere, and another
// round may be opened while no review was submitted.
func (s *Service) Cancel(ctx context.Context, actor authz.Actor, challenge uuid.UUID, reason string) error {
	reason = strings.TrimSpace(reason)
	var check fault.Check
	check.That(reason != "", "/reason", "required")
	check.That(utf8.RuneCountInString(reason) <= 1000, "/reason", "too_long", "max", 1000)
	if err := check.Err(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		_, r, now, err := running(tx, actor, challenge)
		if err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update calibrations set cancelled_at = $2, cancelled_by = $3, cancel_reason = $4 where id = $1`,
			r.ID, now, actor.PersonID, reason)
		return err
	})
}

// running holds a challenge whose round is open, for an act of its chair.
func running(tx database.Tx, actor authz.Actor, challenge uuid.UUID) (c contest.Challenge, r Round, now time.Time, err error) {
	if c, now, err = held(tx, actor, challenge); err != nil {
		return c, r, now, err
	}
	r, err = latest(tx.Context(), tx.Pgx(), c.ID)
	if err == nil && r.State() != Open {
		err = ErrNotOpen
	}
	return c, r, now, err
}

// bodyOf writes down what was handed in, without names and in an order that tells nothing: jurors as the
// record knows them for each entry.
func bodyOf(criteria []contest.Criterion, sheets []handedSheet) ([]byte, error) {
	type line struct {
		Entry  uuid.UUID       `json:"entry"`
		Juror  string          `json:"juror"`
		Scores map[string]*int `json:"scores"` // by the criteria's keys; null: does not apply
	}
	lines := make([]line, len(sheets))
	for i, h := range sheets {
		lines[i] = line{h.Entry, jury.Mask(h.Place, h.Entry), map[string]*int{}}
		for _, c := range criteria {
			lines[i].Scores[c.Key] = nil
			if v, given := h.Scores[c.ID]; given && v != score.NotApplicable {
				lines[i].Scores[c.Key] = &v
			}
		}
	}
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(bytes.Compare(a.Entry[:], b.Entry[:]), cmp.Compare(a.Juror, b.Juror))
	})
	return json.Marshal(lines)
}

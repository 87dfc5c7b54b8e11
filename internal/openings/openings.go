// Package openings gives out what opens the record: to the public the receipts of a challenge's acts,
// to a team its own reviews once the results are out, and to a contest's named auditor everything that
// the lock of the scores committed to. internal/audit checks what it gives.
package openings

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/record"
)

// What the state of a challenge does not allow.
var (
	ErrNotReleased = fault.New(fault.Conflict, "openings.not_released", "Reviews are opened to their teams once the results are out.")
	ErrNotLocked   = fault.New(fault.Conflict, "openings.not_locked", "There is nothing to audit before the scores are locked.")
)

// Service reads the record for those who may open it.
type Service struct{ db *database.DB }

// New opens the room.
func New(db *database.DB) *Service { return &Service{db: db} }

// round is what was locked last in a challenge.
type round struct {
	receipt json.RawMessage
	root    []byte
	ranking string
	entries []uuid.UUID // those that were ranked
	reviews []review    // that count, in the order in which the ranking was computed
}

// review is one opening of the round.
type review struct {
	entry, seat uuid.UUID
	commitment  record.Commitment
	salt        []byte
	payload     string
}

// lastRound reads it. record.ErrPending until the lock is signed, ErrNotLocked before there is one.
func (s *Service) lastRound(ctx context.Context, challenge uuid.UUID) (round, error) {
	var r round
	var leaf int64
	q := s.db.Pool()
	err := q.QueryRow(ctx, `select r.root, r.leaf_id, k.body from rounds r join rankings k on k.challenge_id = r.challenge_id and k.number = r.number
		where r.challenge_id = $1 order by r.number desc limit 1`, challenge).Scan(&r.root, &leaf, &r.ranking)
	if database.NotFound(err) {
		return r, ErrNotLocked
	}
	if err != nil {
		return r, err
	}
	if r.receipt, err = record.ReadFirstReceipt(ctx, s.db, leaf); err != nil {
		return r, err
	}
	var body struct {
		Entries []struct {
			Entry uuid.UUID `json:"entry"`
		} `json:"entries"`
	}
	if err := json.Unmarshal([]byte(r.ranking), &body); err != nil {
		return r, err
	}
	for _, e := range body.Entries {
		r.entries = append(r.entries, e.Entry)
	}
	if r.reviews, err = counted(ctx, q, r.entries); err != nil {
		return r, err
	}
	if whole := record.RoundRoot(commitments(r.reviews)); !slices.Equal(whole[:], r.root) {
		open, err := jury.Unlocked(ctx, q, contest.Challenge{ID: challenge})
		if err == nil && open > 0 {
			err = ErrNotLocked // a review was opened again and changed: the next lock commits to it
		}
		if err != nil {
			return r, err
		}
		return r, fmt.Errorf("%w: the reviews of %s do not give the root of their lock", record.ErrDamaged, challenge)
	}
	return r, nil
}

// counted reads the reviews that count of these entries, with what opens them.
func counted(ctx context.Context, q database.Queryer, entries []uuid.UUID) ([]review, error) {
	rows, err := q.Query(ctx, `
		select r.entry_id, r.seat_id, l.commitment, o.salt, convert_from(o.payload, 'UTF8') from reviews r
		join review_versions v on v.review_id = r.id and v.version = r.submitted_version
		join assignments a on a.id = r.assignment_id and a.ended_at is null
		join record_leaves l on l.id = v.leaf_id join record_openings o on o.leaf_id = l.id
		where r.entry_id = any($1) order by r.id`, entries)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r review, err error) {
		var commitment []byte
		if err = row.Scan(&r.entry, &r.seat, &commitment, &r.salt, &r.payload); err == nil {
			r.commitment = record.Commitment(commitment)
		}
		return r, err
	})
}

func commitments(reviews []review) []record.Commitment {
	out := make([]record.Commitment, len(reviews))
	for i, r := range reviews {
		out[i] = r.commitment
	}
	return out
}

// Receipt is one act of a challenge that everybody may check.
type Receipt struct {
	Kind record.Kind
	File []byte
}

// always are the kinds whose acts are public when they happen; released those that are with the results.
var (
	always = []record.Kind{record.KindRulesFrozen, record.KindRules, record.KindCalibrationRule, record.KindPitchRules,
		record.KindDeadlineExtended, record.KindDeadline}
	released = []record.Kind{record.KindAssignment, record.KindCalibrationClosed, record.KindRoundLocked, record.KindPitchLocked,
		record.KindDecision, record.KindResultPublished}
)

// Public gives the receipts of a published challenge's acts, in the order of the record: its rules and
// deadline, and once the results are released its assignments with their seeds, calibration round, locks,
// decision and results. What is not signed yet is not among them.
func (s *Service) Public(ctx context.Context, slug string) ([]Receipt, error) {
	q := s.db.Pool()
	id, err := contest.IDBySlug(ctx, q, slug)
	if err != nil {
		return nil, err
	}
	c, err := contest.Load(ctx, q, id)
	if err != nil {
		return nil, err
	}
	if c.PublishedAt == nil {
		return nil, fault.ErrNotFound
	}
	kinds := always
	if c.ReleasedAt != nil {
		kinds = append(slices.Clone(always), released...)
	}
	rows, err := q.Query(ctx, `select l.id, l.kind from record_leaves l join record_order o on o.leaf_id = l.id
		join record_openings p on p.leaf_id = l.id where l.subject = $1 and l.kind = any($2) order by o.leaf_index`, id, kinds)
	if err != nil {
		return nil, err
	}
	type found struct {
		ID   int64
		Kind record.Kind
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[found])
	if err != nil {
		return nil, err
	}
	out := make([]Receipt, 0, len(list))
	for _, f := range list {
		b, err := record.ReadReceipt(ctx, s.db, f.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, Receipt{f.Kind, b})
	}
	return out, nil
}

package entry

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/record"
)

// Receipt gives the receipt of an entry's last submission before any correction, which proves that
// it was in time, and its reference. Until the record has been signed over it, it is
// ErrReceiptPending.
func (s *Service) Receipt(ctx context.Context, actor authz.Actor, id uuid.UUID) ([]byte, string, error) {
	r, err := read(ctx, s.db.Pool(), id)
	if err != nil {
		return nil, "", err
	}
	c, err := contest.Load(ctx, s.db.Pool(), r.Challenge)
	if err != nil {
		return nil, "", err
	}
	if err := actor.Require(authz.SeeReceipt, r.scope(c)); err != nil {
		return nil, "", err
	}
	if r.Submission == nil {
		return nil, "", ErrNotSubmitted
	}
	leaf := r.Submission.Leaf
	if err := s.db.Pool().QueryRow(ctx, `select leaf_id from submissions where entry_id = $1 and correction_id is null
		order by number desc limit 1`, id).Scan(&leaf); err != nil {
		return nil, "", err
	}
	b, err := record.ReadReceipt(ctx, s.db, leaf)
	if errors.Is(err, record.ErrPending) {
		return nil, "", ErrReceiptPending
	}
	return b, r.Reference, err
}

package entry

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/record"
)

// Receipt gives the receipt of an entry's last submission and its reference. Until the record has
// been signed over it, it is ErrReceiptPending.
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
	b, err := record.ReadReceipt(ctx, s.db, r.Submission.Leaf)
	if errors.Is(err, record.ErrPending) {
		return nil, "", ErrReceiptPending
	}
	return b, r.Reference, err
}

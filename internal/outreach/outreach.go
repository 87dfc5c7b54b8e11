// Package outreach tells the people who run a challenge how it reaches others: views, follows,
// drafts and submissions by day and by campaign link, as numbers only. A campaign link's code
// travels in addresses; no cookie is set and no visitor's address is kept.
package outreach

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Two links of one challenge are not called the same.
var _ = database.Constraint("campaign_links_label", fault.ErrInvalid.At("/label", "taken", nil))

// Service is the room's door.
type Service struct {
	db    *database.DB
	views *counter
}

// New opens the room. Start makes it write down what it counts.
func New(db *database.DB) *Service { return &Service{db: db, views: newCounter()} }

// see loads a challenge for whoever may do something with its numbers.
func (s *Service) see(ctx context.Context, actor authz.Actor, challenge uuid.UUID, action authz.Action) (contest.Challenge, error) {
	c, err := contest.Load(ctx, s.db.Pool(), challenge)
	if err != nil {
		return c, err
	}
	return c, actor.Require(action, c.Scope())
}

// published finds a challenge that everybody may see.
func published(ctx context.Context, q database.Queryer, slug string) (uuid.UUID, error) {
	var id uuid.UUID
	err := q.QueryRow(ctx, `select id from challenges where slug = $1 and published_at is not null`, slug).Scan(&id)
	if database.NotFound(err) {
		return id, fault.ErrNotFound
	}
	return id, err
}

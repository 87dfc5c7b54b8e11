package entry

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// EarlyOpening is a look into a challenge's sealed entries before the deadline. By is empty where
// the account is gone.
type EarlyOpening struct {
	At         time.Time
	Reason     string
	Language   lang.Tag // of Reason
	By         string
	ProposedBy string // empty where the account is gone, and of openings before there were proposals
}

// OpenedEarly reads the early opening of a challenge; nil where there was none.
func OpenedEarly(ctx context.Context, q database.Queryer, challenge uuid.UUID) (*EarlyOpening, error) {
	var o EarlyOpening
	err := q.QueryRow(ctx, `select o.opened_at, o.reason, o.language, coalesce(p.name, ''), coalesce(w.name, '') from early_openings o
		left join people p on p.id = o.opened_by left join people w on w.id = o.proposed_by where o.challenge_id = $1`, challenge).Scan(&o.At, &o.Reason, &o.Language, &o.By, &o.ProposedBy)
	if database.NotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &o, nil
}

// Sealed reports whether the contents of a challenge's entries are still hidden from those who run
// it: until the deadline, unless they were opened early on record.
func Sealed(ctx context.Context, q database.Queryer, c contest.Challenge, now time.Time) (bool, error) {
	if c.AfterDeadline(now) {
		return false, nil
	}
	early, err := OpenedEarly(ctx, q, c.ID)
	return early == nil, err
}

package jury

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// MaxAffiliations is how many organisations a juror can state.
const MaxAffiliations = 10

// Affiliations are the organisations that the actor has stated for the contest of a challenge.
func (s *Service) Affiliations(ctx context.Context, actor authz.Actor, challenge uuid.UUID) ([]string, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return nil, err
	}
	mine, err := seatOf(ctx, q, actor, c)
	if err != nil {
		return nil, err
	}
	out := []string{}
	return out, q.QueryRow(ctx, `select organisations from seats where id = $1`, mine.ID).Scan(&out)
}

// StateAffiliations says where the actor works and belongs, in place of what was said before. Teams see it with the
// panel, and possible conflicts are found by it. It can be said from the invitation until the lock.
func (s *Service) StateAffiliations(ctx context.Context, actor authz.Actor, challenge uuid.UUID, typed []string) error {
	list, err := tidyAffiliations(typed)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		mine, err := seatOf(ctx, tx.Pgx(), actor, c)
		if err != nil {
			return err
		}
		if c.LockedAt != nil {
			return ErrLocked
		}
		_, err = tx.Pgx().Exec(ctx, `update seats set organisations = $2 where id = $1`, mine.ID, list)
		return err
	})
}

// tidyAffiliations brings what was typed into its stored form: one line each, none twice.
func tidyAffiliations(typed []string) ([]string, error) {
	out := []string{}
	var check fault.Check
	for i, o := range typed {
		if o = lang.OneLine(o); o == "" || slices.Contains(out, o) {
			continue
		}
		check.That(utf8.RuneCountInString(o) <= 200, fmt.Sprintf("/organisations/%d", i), "too_long", "max", 200)
		out = append(out, o)
	}
	check.That(len(out) <= MaxAffiliations, "/organisations", "too_many", "max", MaxAffiliations)
	return out, check.Err()
}

package jury

import (
	"context"
	"fmt"
	"hash/fnv"
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

// Affiliations are the organisations that a juror has stated for a contest, in the order in which they were typed.
type Affiliations []string

// Version tells one list from another. It is made from the list alone: the version of a seat is its profile's, which
// the chair writes.
func (a Affiliations) Version() int {
	h := fnv.New32a()
	for _, each := range a {
		fmt.Fprintf(h, "%s\n", each) // a name is one line
	}
	return int(h.Sum32())
}

// Affiliations are those that the actor has stated for the contest of a challenge.
func (s *Service) Affiliations(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (out Affiliations, err error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return out, err
	}
	mine, err := seatOf(ctx, q, actor, c)
	if err != nil {
		return out, err
	}
	return out, q.QueryRow(ctx, `select organisations from seats where id = $1`, mine.ID).Scan((*[]string)(&out))
}

// StateAffiliations says where the actor works and belongs, in place of what was said before; version is the one that
// was seen. Teams see it with the panel, and possible conflicts are found by it. It can be said from the invitation
// until the lock.
func (s *Service) StateAffiliations(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int, typed []string) (Affiliations, error) {
	list, err := tidyAffiliations(typed)
	if err != nil {
		return nil, err
	}
	return list, s.db.InTx(ctx, func(tx database.Tx) error {
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
		var have Affiliations
		err = tx.Pgx().QueryRow(ctx, `select organisations from seats where id = $1 for update`, mine.ID).Scan((*[]string)(&have))
		if err != nil {
			return err
		}
		if have.Version() != version {
			return fault.ErrStale
		}
		_, err = tx.Pgx().Exec(ctx, `update seats set organisations = $2 where id = $1`, mine.ID, list)
		return err
	})
}

// tidyAffiliations brings what was typed into its stored form: one line each, none twice.
func tidyAffiliations(typed []string) (Affiliations, error) {
	out := Affiliations{}
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

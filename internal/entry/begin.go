package entry

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Begin starts a team's entry to the challenge of that name: once a team, while it is open.
func (s *Service) Begin(ctx context.Context, actor authz.Actor, slug string, team uuid.UUID, language lang.Tag) (View, error) {
	id := uuid.Must(uuid.NewV7())
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		challenge, err := contest.IDBySlug(ctx, tx.Pgx(), slug)
		if err != nil {
			return err
		}
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		if c.PublishedAt == nil { // the name of a draft tells nobody that it exists
			return fault.ErrNotFound
		}
		scope := c.Scope()
		scope.Team = team
		if err := actor.Require(authz.CreateEntry, scope); err != nil {
			if actor.SignedIn() && !actor.May(authz.SeeTeam, scope) {
				return fault.ErrInvalid.At("/teamId", "unknown", nil)
			}
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		more, err := extensionOf(ctx, tx.Pgx(), c.ID, team)
		if err != nil {
			return err
		}
		if _, err := windowOf(c, more).takes(c, now); err != nil {
			return err
		}
		if !slices.Contains(c.EntryLanguages, language) {
			return ErrLanguage
		}
		var number int64
		if err := tx.Pgx().QueryRow(ctx, `select nextval('entry_references')`).Scan(&number); err != nil {
			return err
		}
		tx.Remember(id.String())
		_, err = tx.Pgx().Exec(ctx, `insert into entries (id, challenge_id, team_id, reference, language, created_by, form_seen)
			select $1,$2,$3,$4,$5,$6, form_version from challenges where id = $2`, id, c.ID, team, fmt.Sprintf("FT-%d", number), string(language), actor.PersonID)
		return err
	})
	if first, again := database.Replayed(err); again {
		if id, err = uuid.Parse(first); err != nil {
			return View{}, fault.ErrNotFound
		}
	}
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, actor, id)
}

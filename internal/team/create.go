package team

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Create makes a team that the actor owns.
func (s *Service) Create(ctx context.Context, actor authz.Actor, f Form) (Team, error) {
	if err := actor.Require(authz.CreateTeam, authz.Scope{}); err != nil {
		return Team{}, err
	}
	if err := f.tidy(); err != nil {
		return Team{}, err
	}
	id := uuid.Must(uuid.NewV7())
	own := authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: id}
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		tx.Remember(id.String())
		if _, err := tx.Pgx().Exec(ctx, `insert into teams (id, name, latin_name, kind, country, city, website, source, created_by, partners)
			values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, id, f.Name, f.LatinName, f.Kind, f.Country, f.City, f.Website, f.Source, actor.PersonID, f.Partners); err != nil {
			return err
		}
		return authz.Give(tx, actor.PersonID, own, actor.PersonID, time.Time{})
	})
	if first, again := database.Replayed(err); again {
		if id, err = uuid.Parse(first); err != nil {
			return Team{}, fault.ErrNotFound
		}
		// A repeat that raced the first was let in before the team was there: the roles are read anew.
		if actor, _, err = authz.Load(ctx, s.db.Pool(), actor.PersonID, actor.SessionID); err != nil {
			return Team{}, err
		}
		return s.Get(ctx, actor, id)
	}
	if err != nil {
		return Team{}, err
	}
	actor.Grants = append(actor.Grants[:len(actor.Grants):len(actor.Grants)], own)
	return s.Get(ctx, actor, id)
}

// Change edits a team at the version that was read; fault.ErrStale when somebody was faster.
func (s *Service) Change(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, e Edit) (Team, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.EditTeam, authz.Scope{Team: id}); err != nil {
			return err
		}
		var f Form
		var now int
		err := tx.Pgx().QueryRow(ctx, `select name, latin_name, kind, country, city, website, partners, version from teams where id = $1 for update`, id).
			Scan(&f.Name, &f.LatinName, &f.Kind, &f.Country, &f.City, &f.Website, &f.Partners, &now)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		if now != version {
			return fault.ErrStale
		}
		for to, from := range map[*string]*string{&f.Name: e.Name, &f.LatinName: e.LatinName, &f.Kind: e.Kind,
			&f.Country: e.Country, &f.City: e.City, &f.Website: e.Website} {
			if from != nil {
				*to = *from
			}
		}
		if e.Partners != nil {
			f.Partners = *e.Partners
		}
		if err := f.tidy(); err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `update teams set name = $2, latin_name = $3, kind = $4, country = $5, city = $6, website = $7,
			partners = $8, version = version + 1 where id = $1`, id, f.Name, f.LatinName, f.Kind, f.Country, f.City, f.Website, f.Partners)
		return err
	})
	if err != nil {
		return Team{}, err
	}
	return s.Get(ctx, actor, id)
}

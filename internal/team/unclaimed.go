package team

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// UnknownCountry stands for the country of an organisation whose source does not name one.
const UnknownCountry = "ZZ"

// Unclaimed is an organisation as a list of others has it. Nobody belongs to it until somebody
// claims it, and it counts nowhere until it enters.
type Unclaimed struct {
	Form
	ExternalID string         // the source's own, unique over all sources
	Profile    map[string]any // what else the source says; kept as JSON
}

// Kept says what Keep did with an organisation.
type Kept struct{ Created, Updated, Claimed bool }

// Keep brings one organisation in, or up to date. What came in the same words before is left alone
// byte for byte, and so is whatever was claimed since.
func (s *Service) Keep(ctx context.Context, actor authz.Actor, u Unclaimed) (Kept, error) {
	var out Kept
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return out, err
	}
	if err := u.check(); err != nil {
		return out, err
	}
	profile, err := json.Marshal(u.Profile)
	if err != nil {
		return out, err
	}
	all, err := json.Marshal(u)
	if err != nil {
		return out, err
	}
	sum := sha256.Sum256(all)
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		if err := tx.Lock("team.keep." + u.ExternalID); err != nil {
			return err
		}
		var id uuid.UUID
		var unclaimed bool
		var known []byte
		err := tx.Pgx().QueryRow(ctx, `select id, unclaimed, import_hash from teams where external_id = $1 for update`, u.ExternalID).Scan(&id, &unclaimed, &known)
		switch {
		case database.NotFound(err):
			out.Created = true
			_, err = tx.Pgx().Exec(ctx, `insert into teams (id, name, latin_name, kind, country, city, website, unclaimed, external_id, profile, import_hash)
				values ($1,$2,$3,$4,$5,$6,$7,true,$8,$9,$10)`,
				uuid.Must(uuid.NewV7()), u.Name, u.LatinName, u.Kind, u.Country, u.City, u.Website, u.ExternalID, string(profile), sum[:])
			return err
		case err != nil:
			return err
		case !unclaimed:
			out.Claimed = true
			return nil
		case string(known) == string(sum[:]):
			return nil
		}
		out.Updated = true
		_, err = tx.Pgx().Exec(ctx, `update teams set name = $2, latin_name = $3, kind = $4, country = $5, city = $6, website = $7, profile = $8,
			import_hash = $9, version = version + 1 where id = $1`, id, u.Name, u.LatinName, u.Kind, u.Country, u.City, u.Website, string(profile), sum[:])
		return err
	})
	return out, err
}

// check is that of every team, but that the country may be unknown.
func (u *Unclaimed) check() error {
	unknown := u.Country == "" || u.Country == UnknownCountry
	if unknown {
		u.Country = "US" // any: only the rest is checked
	}
	var c fault.Check
	c.That(u.ExternalID != "" && utf8.RuneCountInString(u.ExternalID) <= 300, "/externalId", "malformed")
	if err := c.Err(); err != nil {
		return err
	}
	if err := u.tidy(); err != nil {
		return err
	}
	if unknown {
		u.Country = UnknownCountry
	}
	return nil
}

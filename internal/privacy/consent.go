package privacy

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Purpose is what somebody can agree to beyond what a contest needs.
type Purpose string

// The purposes: a mail when a contest is announced (TellNews); cities may write about other
// opportunities (WriteContacts).
const (
	News    Purpose = "news"
	Contact Purpose = "contact"
)

// versions of the texts on the page. Raise one when its text changes: consents to the older text
// lapse and are asked for again.
var versions = map[Purpose]int{News: 1, Contact: 1}

// Consent is a person's answer to the present text of a purpose; At is nil without an answer.
type Consent struct {
	Purpose Purpose
	Version int
	Given   bool
	At      *time.Time
}

// Consents gives the actor's answers for every purpose.
func (s *Service) Consents(ctx context.Context, actor authz.Actor) ([]Consent, error) {
	out := []Consent{}
	for _, p := range []Purpose{News, Contact} {
		c := Consent{Purpose: p, Version: versions[p]}
		err := s.db.Pool().QueryRow(ctx, `select given, at from consents where person_id = $1 and purpose = $2 and version = $3
			order by at desc, id desc limit 1`, actor.PersonID, string(p), c.Version).Scan(&c.Given, &c.At)
		if err != nil && !database.NotFound(err) {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// Answer gives or withdraws consent to the version of the text that the person has read.
func (s *Service) Answer(ctx context.Context, actor authz.Actor, p Purpose, version int, given bool, language lang.Tag) error {
	if versions[p] == 0 {
		return fault.ErrNotFound
	}
	if given && version != versions[p] {
		return fault.ErrStale // another text than the one that holds now
	}
	return s.db.InTx(database.WithIdempotency(ctx, database.Idempotency{}), func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `insert into consents (id, person_id, purpose, version, language, given) values ($1,$2,$3,$4,$5,$6)`,
			uuid.Must(uuid.NewV7()), actor.PersonID, string(p), versions[p], string(language.Or(lang.EN)), given)
		return err
	})
}

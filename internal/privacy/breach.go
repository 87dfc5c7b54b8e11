package privacy

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Breach is one line of the log that the GDPR (article 33) and the APPI (article 26) ask for.
type Breach struct {
	ID        uuid.UUID
	Noticed   time.Time
	What      string
	People    *int // affected; nil: not known yet
	GDPR      bool // people in the EU are affected
	APPI      bool // people in Japan are affected
	OnPurpose bool // an attack
	Measures  string
	Authority *time.Time // the supervisory authority was told
	First     *time.Time // preliminary report to the PPC
	Full      *time.Time // full report to the PPC
	Told      *time.Time // the people were told
	Closed    *time.Time
	Version   int
}

// Clock is one duty with its time; Done is nil while it is open.
type Clock struct {
	Duty string // authority (72 hours), first_report (5 days), full_report (30 or 60 days)
	Due  time.Time
	Done *time.Time
}

// Clocks are the duties that the breach starts. The APPI wants a preliminary report "promptly", which
// its guidelines take for three to five days, and the full one within 30 days, 60 after an attack.
func (b Breach) Clocks() []Clock {
	out := []Clock{}
	if b.GDPR {
		out = append(out, Clock{"authority", b.Noticed.Add(72 * time.Hour), b.Authority})
	}
	if b.APPI {
		days := 30
		if b.OnPurpose {
			days = 60
		}
		out = append(out, Clock{"first_report", b.Noticed.AddDate(0, 0, 5), b.First}, Clock{"full_report", b.Noticed.AddDate(0, 0, days), b.Full})
	}
	return out
}

const breachColumns = `id, noticed_at, what, people, gdpr, appi, on_purpose, measures, authority_at, first_at, full_at, people_told_at, closed_at, version`

// Breaches lists the log, the newest first.
func (s *Service) Breaches(ctx context.Context, actor authz.Actor) ([]Breach, error) {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return nil, err
	}
	rows, err := s.db.Pool().Query(ctx, `select `+breachColumns+` from breaches order by noticed_at desc, id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Breach])
}

// Breach reads one line.
func (s *Service) Breach(ctx context.Context, actor authz.Actor, id uuid.UUID) (Breach, error) {
	list, err := s.Breaches(ctx, actor)
	for _, b := range list {
		if b.ID == id {
			return b, nil
		}
	}
	if err == nil {
		err = fault.ErrNotFound
	}
	return Breach{}, err
}

// NoteBreach enters a breach when b.ID is nil, else changes it if it still has the version.
func (s *Service) NoteBreach(ctx context.Context, actor authz.Actor, b Breach) (uuid.UUID, error) {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return uuid.Nil, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	var c fault.Check
	c.That(b.What != "", "/what", "required")
	c.That(utf8.RuneCountInString(b.What) <= 4000, "/what", "too_long", "max", 4000)
	c.That(utf8.RuneCountInString(b.Measures) <= 4000, "/measures", "too_long", "max", 4000)
	c.That(!b.Noticed.After(now), "/noticedAt", "in_the_future")
	c.That(b.GDPR || b.APPI, "/gdpr", "required")
	if err := c.Err(); err != nil {
		return uuid.Nil, err
	}
	id := b.ID
	err = s.db.InTx(database.WithIdempotency(ctx, database.Idempotency{}), func(tx database.Tx) error {
		if id == uuid.Nil {
			id = uuid.Must(uuid.NewV7())
			_, err := tx.Pgx().Exec(ctx, `insert into breaches (id, noticed_at, what, people, gdpr, appi, on_purpose, measures, authority_at, first_at, full_at, people_told_at, closed_at, entered_by)
				values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
				id, b.Noticed, b.What, b.People, b.GDPR, b.APPI, b.OnPurpose, b.Measures, b.Authority, b.First, b.Full, b.Told, b.Closed, actor.PersonID)
			return err
		}
		tag, err := tx.Pgx().Exec(ctx, `update breaches set noticed_at = $2, what = $3, people = $4, gdpr = $5, appi = $6, on_purpose = $7, measures = $8,
			authority_at = $9, first_at = $10, full_at = $11, people_told_at = $12, closed_at = $13, version = version + 1 where id = $1 and version = $14`,
			id, b.Noticed, b.What, b.People, b.GDPR, b.APPI, b.OnPurpose, b.Measures, b.Authority, b.First, b.Full, b.Told, b.Closed, b.Version)
		if err == nil && tag.RowsAffected() != 1 {
			return fault.ErrStale
		}
		return err
	})
	return id, err
}

// Package seed loads the M-Sec programme: its cities, pilots as testbeds, target groups and KPIs, the
// contest of Month 20 with sample challenges, and demo accounts.
package seed

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/programme"
)

// Deps are what the loader works with.
type Deps struct {
	DB *database.DB
	// Seat gives the demo juror and the demo chair their seats in the contest's jury; nil: none.
	Seat func(tx database.Tx, person, contest uuid.UUID, city *uuid.UUID) error
}

// Options say how the programme is loaded.
type Options struct {
	RealDates    bool      // keep Month 1 = July 2018; else today lies in the contest's month
	DemoPassword string    // of the demo accounts; empty: no demo accounts
	Now          time.Time // zero: the database's clock
}

// Result says what came of it.
type Result struct {
	Programme uuid.UUID
	Contest   uuid.UUID
	Loaded    bool // false: the programme was there already and stays as it is
}

// MSec loads the programme once, in one transaction. A programme that is there already stays as it
// is; demo accounts that are missing are added.
func MSec(ctx context.Context, deps Deps, opt Options) (Result, error) {
	content, err := read()
	if err != nil {
		return Result{}, fmt.Errorf("seed: %w", err)
	}
	var out Result
	err = deps.DB.InTx(ctx, func(tx database.Tx) error {
		if err := tx.Lock("seed.msec"); err != nil {
			return err
		}
		now := opt.Now
		if now.IsZero() {
			if now, err = tx.Now(); err != nil {
				return err
			}
		}
		l := &loader{tx: tx, content: content, opt: opt, now: now, cities: map[string]uuid.UUID{}, testbeds: map[string]uuid.UUID{}}
		err := tx.Pgx().QueryRow(ctx, `select p.id, k.id from programmes p join contests k on k.programme_id = p.id
			where p.slug = $1 and k.slug = $2`, content.Programme.Slug, contestSlug).Scan(&out.Programme, &out.Contest)
		switch {
		case database.NotFound(err):
			if out, err = l.load(); err != nil {
				return err
			}
		case err != nil:
			return err
		}
		return l.accounts(deps, out.Contest)
	})
	return out, err
}

// contestSlug is the contest's short name in addresses.
const contestSlug = "m-sec"

// loader is one run.
type loader struct {
	tx        database.Tx
	content   *content
	opt       Options
	now       time.Time
	programme uuid.UUID
	contest   uuid.UUID
	dates     contestDates
	cities    map[string]uuid.UUID // by slug
	testbeds  map[string]uuid.UUID // by slug
}

func (l *loader) load() (Result, error) {
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"programme", l.loadProgramme}, {"cities", l.loadCities}, {"contest", l.loadContest}, {"testbeds", l.loadTestbeds},
		{"KPIs", l.loadKPIs}, {"challenges", l.loadChallenges},
	} {
		if err := step.do(); err != nil {
			return Result{}, fmt.Errorf("seed: %s: %w", step.what, err)
		}
	}
	return Result{Programme: l.programme, Contest: l.contest, Loaded: true}, nil
}

func (l *loader) exec(sql string, args ...any) error {
	_, err := l.tx.Pgx().Exec(l.tx.Context(), sql, args...)
	return err
}

// startsOn is the first day of Month 1.
func (l *loader) startsOn() time.Time {
	real, _ := time.Parse(time.DateOnly, l.content.Programme.StartsOn)
	if l.opt.RealDates {
		return real
	}
	local := l.now.In(l.zone())
	return time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 1-l.content.Contest.Month, 0)
}

// zone is the programme's: that of the city named first.
func (l *loader) zone() *time.Location {
	z, err := time.LoadLocation(l.content.Cities[0].TimeZone)
	if err != nil {
		return time.UTC
	}
	return z
}

func (l *loader) loadProgramme() error {
	p, names := l.content.Programme, l.content.Names
	l.programme = uuid.Must(uuid.NewV7())
	if err := l.exec(`insert into programmes (id, slug, record_scope, name, title, grants, starts_on, shifted, months, assessed_in_months, languages, time_zone)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, l.programme, p.Slug, newScope(), p.Name, names.Programme.Title, asJSON(p.Grants),
		l.startsOn(), !l.opt.RealDates, p.Months, asJSON(p.AssessedInMonths), asJSON(p.Languages), l.zone().String()); err != nil {
		return err
	}
	for i, g := range l.content.TargetGroups {
		n := names.TargetGroups[g["slug"]]
		if err := l.exec(`insert into target_groups (id, programme_id, slug, name, needs, position) values ($1,$2,$3,$4,$5,$6)`,
			uuid.Must(uuid.NewV7()), l.programme, g["slug"], n.Name, n.Needs, i+1); err != nil {
			return err
		}
	}
	return nil
}

// Month says in which month of the loaded programme a moment lies, for the line printed at the start.
func Month(ctx context.Context, db *database.DB, at time.Time) (int, error) {
	p, err := programme.Current(ctx, db.Pool())
	return p.Month(at), err
}

func languageOf(s string) lang.Tag { return lang.Tag(s).Or(lang.EN) }

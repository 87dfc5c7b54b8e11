// Package programme holds the body that runs contests: its months, languages and target groups.
package programme

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Programme is the body that runs contests.
type Programme struct {
	ID               uuid.UUID
	Slug             string
	RecordScope      string
	Name             string
	Title            lang.Text
	Grants           []string
	StartsOn         time.Time // first day of Month 1, midnight UTC
	Shifted          bool      // Month 1 was set so that the first start lies in the contest's month
	Months           int
	AssessedInMonths []int
	Languages        []lang.Tag
	Zone             string
	TargetGroups     []TargetGroup
}

// TargetGroup is a group of people that the programme wants to reach.
type TargetGroup struct {
	ID    uuid.UUID
	Slug  string
	Name  lang.Text
	Needs lang.Text
}

// Month says in which month of the programme a moment lies, in the programme's zone: 1 is the
// first, values below 1 lie before the start.
func (p Programme) Month(at time.Time) int {
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		zone = time.UTC
	}
	at = at.In(zone)
	return (at.Year()-p.StartsOn.Year())*12 + int(at.Month()) - int(p.StartsOn.Month()) + 1
}

// Current reads the programme of this installation; fault.ErrNotFound before there is one.
func Current(ctx context.Context, q database.Queryer) (Programme, error) {
	var p Programme
	var grants, assessed, languages []byte
	err := q.QueryRow(ctx, `select id, slug, record_scope, name, title, grants, starts_on, shifted, months, assessed_in_months, languages, time_zone
		from programmes order by created_at limit 1`).Scan(&p.ID, &p.Slug, &p.RecordScope, &p.Name, &p.Title, &grants, &p.StartsOn,
		&p.Shifted, &p.Months, &assessed, &languages, &p.Zone)
	if database.NotFound(err) {
		return p, fault.ErrNotFound
	}
	if err != nil {
		return p, err
	}
	for _, f := range []struct {
		from []byte
		into any
	}{{grants, &p.Grants}, {assessed, &p.AssessedInMonths}, {languages, &p.Languages}} {
		if err := json.Unmarshal(f.from, f.into); err != nil {
			return p, err
		}
	}
	rows, err := q.Query(ctx, `select id, slug, name, needs from target_groups where programme_id = $1 order by position`, p.ID)
	if err != nil {
		return p, err
	}
	p.TargetGroups, err = pgx.CollectRows(rows, pgx.RowToStructByPos[TargetGroup])
	return p, err
}

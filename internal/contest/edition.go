package contest

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

// Edition is one contest: its dates are those of every challenge that has none of its own.
type Edition struct {
	ID             uuid.UUID
	ProgrammeID    uuid.UUID
	Slug           string
	RecordScope    string
	Title          lang.Text
	Focus          lang.Text
	HowToApply     lang.Text
	Month          int // of the programme; 0: none
	Zone           string
	Dates          Dates
	StandstillDays int
	EntryLanguages []lang.Tag
	Rehearsal      bool
	ArchivedAt     *time.Time
	Prizes         []Prize
	Challenges     int // published ones
}

const selectEdition = `
	select k.id, k.programme_id, k.slug, k.record_scope, k.title, k.focus, k.how_to_apply, coalesce(k.month, 0), k.time_zone,
	       k.opens_at, k.closes_at, k.judging_ends_at, k.results_at, k.standstill_days, k.entry_languages, k.rehearsal, k.archived_at,
	       coalesce((select jsonb_agg(jsonb_build_object('kind', z.kind, 'region', coalesce(z.region, ''), 'text', z.text) order by z.position)
	                 from prizes z where z.contest_id = k.id), '[]'),
	       (select count(*) from challenges c where c.contest_id = k.id and c.published_at is not null)
	from contests k `

// Editions lists the announced contests, newest first.
func (s *Service) Editions(ctx context.Context) ([]Edition, error) {
	return editions(ctx, s.db.Pool(), selectEdition+"where k.announced_at <= clock_timestamp() order by k.opens_at desc, k.id")
}

// Edition reads an announced contest by its slug.
func (s *Service) Edition(ctx context.Context, slug string) (Edition, error) {
	return one(editions(ctx, s.db.Pool(), selectEdition+"where k.slug = $1 and k.announced_at <= clock_timestamp()", slug))
}

func editionByID(ctx context.Context, q database.Queryer, id uuid.UUID) (Edition, error) {
	return one(editions(ctx, q, selectEdition+"where k.id = $1", id))
}

func one(found []Edition, err error) (Edition, error) {
	if err == nil && len(found) == 0 {
		err = fault.ErrNotFound
	}
	if err != nil {
		return Edition{}, err
	}
	return found[0], nil
}

func editions(ctx context.Context, q database.Queryer, sql string, args ...any) ([]Edition, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Edition, error) {
		var k Edition
		var languages, prizes []byte
		err := r.Scan(&k.ID, &k.ProgrammeID, &k.Slug, &k.RecordScope, &k.Title, &k.Focus, &k.HowToApply, &k.Month, &k.Zone,
			&k.Dates.Opens, &k.Dates.Closes, &k.Dates.JudgingEnds, &k.Dates.Results, &k.StandstillDays, &languages, &k.Rehearsal,
			&k.ArchivedAt, &prizes, &k.Challenges)
		if err == nil {
			err = json.Unmarshal(languages, &k.EntryLanguages)
		}
		if err == nil {
			err = json.Unmarshal(prizes, &k.Prizes)
		}
		return k, err
	})
}

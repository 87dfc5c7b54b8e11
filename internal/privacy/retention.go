package privacy

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fieldtrial/internal/database"
)

// Periods say how long things are kept.
type Periods struct {
	DraftDays    int // drafts, after the challenge closed
	LosingMonths int // entries that won nothing, after the results
	AwardYears   int // awarded entries, after the results
	LogMonths    int // security log, ended sessions, sent mail
}

// DefaultPeriods are those of the privacy statement.
var DefaultPeriods = Periods{DraftDays: 90, LosingMonths: 24, AwardYears: 10, LogMonths: 12}

// Kept is one line of the report: what was deleted or emptied, or would be.
type Kept struct {
	What  string
	Rows  int
	Until string // the period, in words
}

type rule struct {
	what, until, find string
	do                []string // each with the ids that find gave as $1
}

// rules of retention. Client addresses go after thirty days and mailed links after as many by the
// hourly tidying of identity.
func (s *Service) rules() []rule {
	k := s.keep
	old := func(column string, n int, unit string) string {
		return fmt.Sprintf("%s < clock_timestamp() - interval '%d %s'", column, n, unit)
	}
	closed := "coalesce(c.closes_at, k.closes_at)"
	entries := `select e.id from entries e join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id where `
	full := ` and exists (select from submissions s where s.entry_id = e.id and s.answers <> '{}')`
	empty := []string{
		`update files set removed_at = coalesce(removed_at, clock_timestamp()), name = 'erased' where entry_id = any($1)`,
		`delete from conflict_namings where entry_id = any($1)`,
		`delete from answer_versions where entry_id = any($1)`, `delete from answers where entry_id = any($1)`,
		`update submissions set answers = '{}', files = '[]' where entry_id = any($1)`,
		`delete from record_openings o using record_leaves l where o.leaf_id = l.id and l.subject = any($1)`,
	}
	return []rule{
		{"drafts: files", fmt.Sprintf("%d days after the close", k.DraftDays),
			entries + `e.last_submission_id is null and ` + old(closed, k.DraftDays, "days") + ` and exists (select from files f where f.entry_id = e.id and f.removed_at is null)`,
			[]string{`update files set removed_at = clock_timestamp() where entry_id = any($1) and removed_at is null`}},
		{"drafts", fmt.Sprintf("%d days after the close", k.DraftDays),
			entries + `e.last_submission_id is null and ` + old(closed, k.DraftDays, "days") + ` and not exists (select from files f where f.entry_id = e.id)
				and not exists (select from submissions s where s.entry_id = e.id) and not exists (select from assignments a where a.entry_id = e.id)
				and not exists (select from decisions d where d.entry_id = e.id)`,
			[]string{`delete from entries where id = any($1)`}},
		{"entries that won nothing: contents", fmt.Sprintf("%d months after the results", k.LosingMonths),
			entries + old("c.released_at", k.LosingMonths, "months") + ` and not exists (select from awards a where a.entry_id = e.id)` + full, empty},
		{"awarded entries: contents", fmt.Sprintf("%d years after the results", k.AwardYears),
			entries + old("c.released_at", k.AwardYears, "years") + ` and exists (select from awards a where a.entry_id = e.id)` + full, empty},
		{"security log", fmt.Sprintf("%d months", k.LogMonths), `select id from account_events where ` + old("at", k.LogMonths, "months"),
			[]string{`delete from account_events where id = any($1)`}},
		{"ended sessions", fmt.Sprintf("%d months", k.LogMonths), `select id from sessions where ` + old("rotated_at", k.LogMonths, "months"),
			[]string{`delete from sessions where id = any($1)`}},
		{"mail", fmt.Sprintf("%d months", k.LogMonths), `select id from notices where state in ('sent','failed','cancelled') and ` + old("created_at", k.LogMonths, "months"),
			[]string{`delete from notices where id = any($1)`}},
		{"copies of people's data", "7 days", `select id from data_copies where expires_at < clock_timestamp()`,
			[]string{`delete from data_copies where id = any($1)`}},
	}
}

// Retention deletes what is past its time, or only counts it when dry, and reports either. Each rule
// is a transaction of its own.
func (s *Service) Retention(ctx context.Context, dry bool) ([]Kept, error) {
	var out []Kept
	for _, r := range s.rules() {
		line := Kept{What: r.what, Until: r.until}
		err := s.db.InTx(ctx, func(tx database.Tx) error {
			var ids []string
			if err := tx.Pgx().QueryRow(ctx, `select coalesce(array_agg(id::text), '{}') from (`+r.find+`) x`).Scan(&ids); err != nil {
				return err
			}
			line.Rows = len(ids)
			if dry || len(ids) == 0 {
				return nil
			}
			for _, sql := range r.do {
				if _, err := tx.Pgx().Exec(ctx, sql, ids); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return out, fmt.Errorf("retention of %s: %w", r.what, err)
		}
		out = append(out, line)
	}
	return out, nil
}

// RetentionArgs is the daily job.
type RetentionArgs struct{}

// Kind names the job.
func (RetentionArgs) Kind() string { return "privacy.retention" }

// RetentionWorker keeps nothing for longer than the periods say.
type RetentionWorker struct {
	river.WorkerDefaults[RetentionArgs]
	Service *Service
}

// Work runs the schedule.
func (w *RetentionWorker) Work(ctx context.Context, _ *river.Job[RetentionArgs]) error {
	_, err := w.Service.Retention(ctx, false)
	return err
}

// Timeout leaves time for a first run over years of data.
func (w *RetentionWorker) Timeout(*river.Job[RetentionArgs]) time.Duration { return time.Hour }

package privacy

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/kpi"
)

// Copy is a copy of one's own data in the making; Done of Total parts are there.
type Copy struct {
	ID          uuid.UUID
	State       string
	Done, Total int
	Created     time.Time
	Expires     time.Time
}

// copyParts are the tables of a copy: what is kept about the person $1 and what they wrote. Nothing
// of jurors about them, and nothing of team-mates, is in it.
var copyParts = []struct{ name, sql string }{
	{"account", `select id, email, name, language, time_zone, confirmed_at, created_at from people where id = $1`},
	{"roles", `select role, scope_kind, scope_id, created_at, expires_at from grants where person_id = $1 order by created_at`},
	{"consents", `select purpose, version, language, given, at from consents where person_id = $1 order by at`},
	{"sessions", `select user_agent, address, method, factor, created_at, rotated_at as last_seen_at, revoked_at from sessions where person_id = $1 order by created_at`},
	{"security_log", `select kind, detail, at from account_events where person_id = $1 order by at`},
	{"passkeys", `select name, created_at, last_used_at from passkeys where person_id = $1 order by created_at`},
	{"tokens", `select name, array_to_string(scopes, ' ') as scopes, created_at, expires_at, last_used_at, revoked_at from api_tokens where person_id = $1 order by created_at`},
	{"teams", `select t.name, t.kind, t.country, t.website, array_to_string(t.partners, '; ') as partners, g.role, g.created_at as joined_at from grants g join teams t on t.id = g.scope_id
		where g.person_id = $1 and g.scope_kind = 'team' order by g.created_at`},
	{"entries", `select e.reference, c.slug as challenge, e.state, e.language, s.number as submission, s.submitted_at, s.answers::text as submitted_answers
		from entries e join challenges c on c.id = e.challenge_id left join submissions s on s.id = e.last_submission_id
		where e.team_id in (select scope_id from grants where person_id = $1 and scope_kind = 'team') order by e.created_at`},
	{"own_answers", `select e.reference, f.key as question, a.value, a.updated_at from answers a join entries e on e.id = a.entry_id
		join form_fields f on f.id = a.field_id where a.updated_by = $1 order by a.updated_at`},
	{"own_files", `select e.reference, f.name, f.size, f.declared_type, f.created_at from files f join entries e on e.id = f.entry_id
		where f.uploaded_by = $1 and f.removed_at is null order by f.created_at`},
	{"questions", `select c.slug as challenge, q.body, q.asked_at, q.answer, q.answered_at from questions q join challenges c on c.id = q.challenge_id
		where q.asked_by = $1 order by q.asked_at`},
	{"follows", `select c.slug as challenge, f.followed_at from follows f join challenges c on c.id = f.challenge_id where f.person_id = $1 order by f.followed_at`},
	{"own_reviews", `select e.reference, r.scores::text as scores, r.to_team, r.to_jury, r.language, r.submitted_at from reviews r
		join seats s on s.id = r.seat_id join entries e on e.id = r.entry_id where s.person_id = $1
		and not exists (select from exclusions x where x.entry_id = e.id and x.person_id = $1) order by r.updated_at`},
	{"own_calibration", `select e.reference, h.scores::text as scores, h.to_team, h.language, d.handed_at from calibration_sheets h
		join seats s on s.id = h.seat_id join entries e on e.id = h.entry_id
		left join calibration_handed d on d.calibration_id = h.calibration_id and d.seat_id = h.seat_id where s.person_id = $1
		and not exists (select from exclusions x where x.entry_id = e.id and x.person_id = $1) order by h.updated_at`},
	{"own_pitch_scores", `select e.reference, r.scores::text as scores, r.comment, r.updated_at from pitch_scores r
		join seats s on s.id = r.seat_id join entries e on e.id = r.entry_id where s.person_id = $1
		and not exists (select from exclusions x where x.entry_id = e.id and x.person_id = $1) order by r.updated_at`},
	{"jury_profile", `select k.slug as contest, array_to_string(s.languages, ' ') as languages, array_to_string(s.tags, ' ') as tags, array_to_string(s.organisations, '; ') as organisations, s.max_reviews, s.active
		from seats s join contests k on k.id = s.contest_id where s.person_id = $1 order by k.slug`},
	// Whom they named or ruled on is not theirs.
	{"own_namings", `select e.reference, n.reason, n.language, n.named_at, r.confirmed as upheld, r.to_team as answer, r.decided_at as answered_at from conflict_namings n
		join entries e on e.id = n.entry_id left join conflict_rulings r on r.seat_id = n.seat_id and r.entry_id = n.entry_id and r.decided_at >= n.named_at
		where n.named_by = $1 order by n.named_at`},
	{"own_rulings", `select e.reference, r.confirmed, r.reason, r.to_team, r.decided_at from conflict_rulings r join entries e on e.id = r.entry_id
		where r.decided_by = $1 and not exists (select from exclusions x where x.entry_id = e.id and x.person_id = $1) order by r.decided_at`},
	{"conflicts", `select kind, reason, created_at from exclusions where person_id = $1 order by created_at`},
	{"rules_accepted", `select c.slug as challenge, r.number as version, r.accepted_at from rules_acceptances r join entries e on e.id = r.entry_id
		join challenges c on c.id = e.challenge_id where r.accepted_by = $1 order by r.accepted_at`},
	{"opened", `select e.reference, x.kind, x.role, x.first_at, x.last_at, x.times from seen x join entries e on e.id = x.entry_id
		where x.person_id = $1 and not exists (select from exclusions y where y.entry_id = x.entry_id and y.person_id = $1) order by x.first_at`},
	{"mail", `select kind, language, state, created_at, sent_at from notices where person_id = $1 order by created_at`},
	{"claims", `select t.name as team, c.note, c.created_at, c.approved, c.reason from team_claims c join teams t on t.id = c.team_id where c.person_id = $1 order by c.created_at`},
}

const copyColumns = `id, state, done, total, created_at, expires_at`

// AskCopy has a copy of the actor's data made. One is made at a time.
func (s *Service) AskCopy(ctx context.Context, actor authz.Actor) (Copy, error) {
	if err := actor.RequireRecent(); err != nil {
		return Copy{}, err
	}
	var c Copy
	err := s.db.InTx(database.WithIdempotency(ctx, database.Idempotency{}), func(tx database.Tx) error {
		if err := tx.Lock("privacy: copy " + actor.PersonID.String()); err != nil {
			return err
		}
		var making bool
		err := tx.Pgx().QueryRow(ctx, `select exists (select from data_copies where person_id = $1 and state in ('waiting','making')
			and created_at > clock_timestamp() - interval '1 hour')`, actor.PersonID).Scan(&making)
		if err != nil {
			return err
		}
		if making {
			return ErrCopying
		}
		rows, err := tx.Pgx().Query(ctx, `insert into data_copies (id, person_id, total, expires_at)
			values ($1, $2, $3, clock_timestamp() + interval '7 days') returning `+copyColumns, uuid.Must(uuid.NewV7()), actor.PersonID, len(copyParts))
		if err != nil {
			return err
		}
		if c, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Copy]); err != nil {
			return err
		}
		return jobs.Enqueue(tx, CopyArgs{ID: c.ID})
	})
	return c, err
}

// Copies lists the actor's copies, the newest first.
func (s *Service) Copies(ctx context.Context, actor authz.Actor) ([]Copy, error) {
	rows, err := s.db.Pool().Query(ctx, `select `+copyColumns+` from data_copies where person_id = $1 and expires_at > clock_timestamp()
		order by created_at desc limit 10`, actor.PersonID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Copy])
}

// CopyContent gives the zip of one of the actor's copies.
func (s *Service) CopyContent(ctx context.Context, actor authz.Actor, id uuid.UUID) ([]byte, error) {
	if err := actor.RequireRecent(); err != nil {
		return nil, err
	}
	var content []byte
	err := s.db.Pool().QueryRow(ctx, `select content from data_copies where id = $1 and person_id = $2 and state = 'ready'
		and expires_at > clock_timestamp()`, id, actor.PersonID).Scan(&content)
	if database.NotFound(err) {
		err = ErrNotReady
	}
	return content, err
}

// CopyArgs is the job that makes one copy.
type CopyArgs struct {
	ID uuid.UUID `json:"id"`
}

// Kind names the job.
func (CopyArgs) Kind() string { return "privacy.copy" }

// CopyWorker makes copies.
type CopyWorker struct {
	river.WorkerDefaults[CopyArgs]
	DB *database.DB
}

// Work reads part by part, and says how far it is. Run twice, it makes the same copy.
func (w *CopyWorker) Work(ctx context.Context, job *river.Job[CopyArgs]) error {
	var person uuid.UUID
	err := w.DB.Pool().QueryRow(ctx, `update data_copies set state = 'making', done = 0 where id = $1 and state in ('waiting','making') returning person_id`, job.Args.ID).Scan(&person)
	if database.NotFound(err) {
		return nil // ready, erased or expired meanwhile
	}
	if err != nil {
		return err
	}
	content, err := makeCopy(ctx, w.DB, person, func(done int) error {
		_, err := w.DB.Pool().Exec(ctx, `update data_copies set done = $2 where id = $1`, job.Args.ID, done)
		return err
	})
	if err != nil {
		if job.Attempt >= job.MaxAttempts {
			_, _ = w.DB.Pool().Exec(ctx, `update data_copies set state = 'failed' where id = $1`, job.Args.ID)
		}
		return err
	}
	_, err = w.DB.Pool().Exec(ctx, `update data_copies set state = 'ready', content = $2, ready_at = clock_timestamp() where id = $1`, job.Args.ID, content)
	return err
}

func makeCopy(ctx context.Context, db *database.DB, person uuid.UUID, progress func(int) error) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	whole := map[string]any{}
	for i, part := range copyParts {
		rows, err := db.Pool().Query(ctx, part.sql, person)
		if err != nil {
			return nil, fmt.Errorf("copy of %s: %w", part.name, err)
		}
		var columns []string
		for _, f := range rows.FieldDescriptions() {
			columns = append(columns, f.Name)
		}
		list, err := pgx.CollectRows(rows, pgx.RowToMap)
		if err != nil {
			return nil, fmt.Errorf("copy of %s: %w", part.name, err)
		}
		for _, row := range list {
			for k, v := range row {
				row[k] = plainValue(v)
			}
		}
		whole[part.name] = list
		w, err := z.Create("csv/" + part.name + ".csv")
		if err != nil {
			return nil, err
		}
		if err := writeTable(w, columns, list); err != nil {
			return nil, err
		}
		if err := progress(i + 1); err != nil {
			return nil, err
		}
	}
	w, err := z.Create("data.json")
	if err != nil {
		return nil, err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(whole); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// writeTable writes a table for spreadsheets: no cell is taken for a formula.
func writeTable(w io.Writer, columns []string, rows []map[string]any) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(columns); err != nil {
		return err
	}
	for _, row := range rows {
		cells := make([]string, len(columns))
		for i, name := range columns {
			if v := row[name]; v != nil {
				cells[i] = kpi.SafeCell(fmt.Sprint(v))
			}
		}
		if err := c.Write(cells); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// plainValue is a value as people and other programs read it.
func plainValue(v any) any {
	switch x := v.(type) {
	case time.Time:
		return x.UTC().Format(time.RFC3339)
	case [16]byte:
		return uuid.UUID(x).String()
	}
	return v
}

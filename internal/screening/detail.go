package screening

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
	"fieldtrial/internal/seen"
)

// Verdict is one check of an entry.
type Verdict struct {
	Passed   bool
	Reasons  []string
	Note     string
	Language lang.Tag
	At       time.Time
	By       string
	ToldAt   *time.Time
	UndoneAt *time.Time
}

// Asked is one request for correction with what became of it.
type Asked struct {
	AskedAt  time.Time
	Until    time.Time
	By       string
	Note     string
	Language lang.Tag
	Open     bool
	SentAt   *time.Time
	Fields   []Change
}

// Change is one reopened field before and after. After is empty until the team has sent it.
type Change struct {
	Field         contest.Field
	Before, After string
	FilesBefore   []entry.SentFile
	FilesAfter    []entry.SentFile
	Changed       bool
}

// Detail is what is known of the check of one entry, newest first.
type Detail struct {
	Challenge   contest.Challenge
	Item        Item
	Verdicts    []Verdict
	Corrections []Asked
	Reasons     []reason.Reason
	Fields      []contest.Field
	Eligibility []entry.Eligible // the team's own answers
	Allowed     []authz.Action
}

// Entry reads the verdicts on an entry and its corrections. While the entries are sealed there is
// nothing to find.
func (s *Service) Entry(ctx context.Context, actor authz.Actor, id uuid.UUID) (Detail, error) {
	q := s.db.Pool()
	var challenge uuid.UUID
	err := q.QueryRow(ctx, `select challenge_id from entries where id = $1`, id).Scan(&challenge)
	if database.NotFound(err) {
		return Detail{}, fault.ErrNotFound
	}
	if err != nil {
		return Detail{}, err
	}
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Detail{}, err
	}
	scope := c.Scope()
	scope.Entry = id
	if !actor.May(authz.SeeSubmitted, scope) || c.BlindTo(actor) {
		return Detail{}, fault.ErrNotFound
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return Detail{}, err
	}
	sealed, err := entry.Sealed(ctx, q, c, now)
	if err != nil {
		return Detail{}, err
	}
	if sealed {
		return Detail{}, fault.ErrNotFound
	}
	if err := seen.Note(ctx, q, actor, scope, seen.Entry, nil, id); err != nil {
		return Detail{}, err
	}
	d := Detail{Challenge: c, Allowed: s.allowed(actor, c, now, true)}
	if d.Item, err = one(ctx, q, id); err != nil {
		return Detail{}, err
	}
	if d.Reasons, err = reason.List(ctx, q, c.ContestID); err != nil {
		return Detail{}, err
	}
	if d.Fields, err = contest.Form(ctx, q, c.ID); err != nil {
		return Detail{}, err
	}
	if d.Eligibility, err = entry.Eligibility(ctx, q, c.ID, id); err != nil {
		return Detail{}, err
	}
	if d.Verdicts, err = verdicts(ctx, q, id); err != nil {
		return Detail{}, err
	}
	d.Corrections, err = corrections(ctx, q, id, d.Fields)
	return d, err
}

func one(ctx context.Context, q database.Queryer, id uuid.UUID) (Item, error) {
	var i Item
	err := q.QueryRow(ctx, `select e.id, e.reference, e.language, e.state, t.id, t.name, t.latin_name, t.kind, t.country, `+title+`, s.submitted_at,
		jsonb_array_length(s.files), `+state+`, coalesce(v.reasons, '[]'), v.told_at is not null, x.until`+from+`where e.id = $1`, id).
		Scan(&i.ID, &i.Reference, &i.Language, &i.State, &i.Team.ID, &i.Team.Name, &i.Team.LatinName, &i.Team.Kind,
			&i.Team.Country, &i.Title, &i.SubmittedAt, &i.Files, &i.Screening, &i.Reasons, &i.Told, &i.Until)
	if database.NotFound(err) {
		return Item{}, fault.ErrNotFound // a draft
	}
	return i, err
}

func verdicts(ctx context.Context, q database.Queryer, id uuid.UUID) ([]Verdict, error) {
	rows, err := q.Query(ctx, `select v.passed, v.reasons, v.note, v.language, v.made_at, coalesce(p.name, ''), v.told_at, v.undone_at
		from screenings v left join people p on p.id = v.made_by where v.entry_id = $1 order by v.made_at desc, v.id desc`, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Verdict])
}

// corrections reads the requests of an entry: each field as it was when it was asked for, and as
// the team last sent it for that request.
func corrections(ctx context.Context, q database.Queryer, id uuid.UUID, form []contest.Field) ([]Asked, error) {
	rows, err := q.Query(ctx, `
		select x.asked_at, x.until, coalesce(p.name, ''), x.note, x.language, x.closed_at is null and x.until > clock_timestamp(),
		       x.fields, b.answers, b.files, s.submitted_at, s.answers, s.files
		from corrections x join submissions b on b.id = x.before left join people p on p.id = x.asked_by
		left join lateral (select * from submissions s where s.correction_id = x.id order by s.number desc limit 1) s on true
		where x.entry_id = $1 order by x.asked_at desc`, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Asked, error) {
		var a Asked
		var fields []uuid.UUID
		var before, after snapshot
		var answersAfter, filesAfter []byte
		var answers, files []byte
		if err := r.Scan(&a.AskedAt, &a.Until, &a.By, &a.Note, &a.Language, &a.Open, &fields, &answers, &files, &a.SentAt, &answersAfter, &filesAfter); err != nil {
			return a, err
		}
		if err := before.read(answers, files); err != nil {
			return a, err
		}
		if err := after.read(answersAfter, filesAfter); err != nil {
			return a, err
		}
		a.Fields = []Change{}
		for _, f := range form {
			if !slices.Contains(fields, f.ID) {
				continue
			}
			c := Change{Field: f, Before: before.answers[f.Key], After: after.answers[f.Key], FilesBefore: before.of(f.Key), FilesAfter: after.of(f.Key)}
			c.Changed = a.SentAt != nil && (c.Before != c.After || !slices.EqualFunc(c.FilesBefore, c.FilesAfter,
				func(x, y entry.SentFile) bool { return x.SHA256 == y.SHA256 && x.Name == y.Name }))
			a.Fields = append(a.Fields, c)
		}
		return a, nil
	})
}

// snapshot is what one submission said.
type snapshot struct {
	answers map[string]string
	files   []entry.SentFile
}

func (s *snapshot) read(answers, files []byte) error {
	if answers == nil {
		return nil
	}
	if err := json.Unmarshal(answers, &s.answers); err != nil {
		return err
	}
	return json.Unmarshal(files, &s.files)
}

func (s *snapshot) of(key string) []entry.SentFile {
	out := []entry.SentFile{}
	for _, f := range s.files {
		if f.Field == key {
			out = append(out, f)
		}
	}
	return out
}

package entry

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Version is an entry at one moment: as it was sent, or as it stands.
type Version struct {
	Number   int    // of the submission; 0 for the draft as it stands
	Kind     string // a SubmissionKind, or "draft"
	At       time.Time
	By       string // name; empty where the account is gone, and for the draft
	Answers  map[string]string
	Files    []SentFile
	Testbeds []RankedTestbed
}

// Named is what a field was called, by its key: of the form as it is, and of what it no longer asks.
type Named struct {
	ID      uuid.UUID
	Key     string
	Kind    contest.FieldKind
	Label   lang.Text
	Options []contest.Option
	Earlier Earlier
}

// Earlier is what was kept of an answer while it was written: how many texts, and when the newest of
// them was. At is zero where there are none.
type Earlier struct {
	Texts int
	At    time.Time
}

// History is everything that an entry was, newest first, with the names of its fields in the form's
// order.
type History struct {
	Fields   []Named
	Versions []Version
}

// History reads the versions of an entry for its team: the draft where it differs from what was sent
// last, and every submission.
func (s *Service) History(ctx context.Context, actor authz.Actor, id uuid.UUID) (History, error) {
	q := s.db.Pool()
	r, err := read(ctx, q, id)
	if err != nil {
		return History{}, err
	}
	c, err := contest.Load(ctx, q, r.Challenge)
	if err != nil {
		return History{}, err
	}
	if err := actor.Require(authz.SeeEntry, r.scope(c)); err != nil {
		return History{}, err
	}
	form, err := contest.Form(ctx, q, c.ID)
	if err != nil {
		return History{}, err
	}
	dropped, err := contest.DroppedFields(ctx, q, c.ID)
	if err != nil {
		return History{}, err
	}
	out := History{Versions: []Version{}}
	all := slices.Concat(form, dropped)
	kept, err := earlier(ctx, q, id)
	if err != nil {
		return History{}, err
	}
	for _, f := range all {
		out.Fields = append(out.Fields, Named{f.ID, f.Key, f.Kind, f.Label, f.Options, kept[f.ID]})
	}
	if r.Submission == nil || r.unsent() {
		stands, _, _, err := standing(ctx, q, id)
		if err != nil {
			return History{}, err
		}
		draft := Version{Kind: "draft", At: r.ChangedAt, Answers: map[string]string{}, Files: []SentFile{}}
		for _, f := range all {
			if v := stands.Answers[f.ID]; v != "" {
				draft.Answers[f.Key] = v
			}
			if x, ok := stands.sent(f.ID); ok {
				draft.Files = append(draft.Files, SentFile{ID: x.ID, Field: f.Key, Name: x.Name, Size: x.Size, Type: x.Type, SHA256: hex.EncodeToString(x.SHA256)})
			}
		}
		if draft.Testbeds, err = ranked(ctx, q, id); err != nil {
			return History{}, err
		}
		out.Versions = append(out.Versions, draft)
	}
	rows, err := q.Query(ctx, `select s.number, s.kind, s.submitted_at, coalesce(p.name, ''), s.answers, s.files, s.testbeds
		from submissions s left join people p on p.id = s.submitted_by where s.entry_id = $1 order by s.number desc`, id)
	if err != nil {
		return History{}, err
	}
	sent, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (v Version, err error) {
		var answers, files, testbeds []byte
		if err := row.Scan(&v.Number, &v.Kind, &v.At, &v.By, &answers, &files, &testbeds); err != nil {
			return v, err
		}
		for _, part := range []struct {
			from []byte
			into any
		}{{answers, &v.Answers}, {files, &v.Files}, {testbeds, &v.Testbeds}} {
			if err := json.Unmarshal(part.from, part.into); err != nil {
				return v, err
			}
		}
		return v, nil
	})
	out.Versions = append(out.Versions, sent...)
	return out, err
}

func earlier(ctx context.Context, q database.Queryer, entry uuid.UUID) (map[uuid.UUID]Earlier, error) {
	rows, err := q.Query(ctx, `select field_id, count(*), max(written_at) from answer_versions where entry_id = $1 group by 1`, entry)
	if err != nil {
		return nil, err
	}
	out := map[uuid.UUID]Earlier{}
	var field uuid.UUID
	var e Earlier
	_, err = pgx.ForEachRow(rows, []any{&field, &e.Texts, &e.At}, func() error {
		out[field] = e
		return nil
	})
	return out, err
}

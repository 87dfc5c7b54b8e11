package contest

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// FieldKind is the kind of answer a field takes.
type FieldKind string

// The kinds of fields: one line, Markdown, one of Options, an https address, a file.
const (
	Short  FieldKind = "short"
	Long   FieldKind = "long"
	Choice FieldKind = "choice"
	URL    FieldKind = "link"
	File   FieldKind = "file"
)

// Field is one thing that an entry is asked for.
type Field struct {
	ID       uuid.UUID
	Key      string
	Section  string // key of the group of fields it stands in
	Heading  lang.Text
	Kind     FieldKind
	Required bool
	MaxChars int      // 0: no limit of its own
	Accept   []string // file families: pdf, image, video
	MaxBytes int64
	Label    lang.Text
	Hint     lang.Text
	Options  []Option
}

// Option is one choice of a choice field.
type Option struct {
	Key   string    `json:"key"`
	Label lang.Text `json:"label"`
}

// Criterion is one thing that jurors score: whole numbers from Lowest to Highest. Anchors say what
// each score means, lowest first. Weight is in per cent.
type Criterion struct {
	ID          uuid.UUID
	Key         string
	Weight      int
	Lowest      int
	Highest     int
	Name        lang.Text
	Description lang.Text
	Anchors     []lang.Text
}

// Form reads what entries of a challenge are asked for, in order.
func Form(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Field, error) {
	rows, err := q.Query(ctx, `select id, key, section, kind, required, coalesce(max_chars, 0), accept,
		coalesce(max_bytes, 0), label, hint, options from form_fields where challenge_id = $1 order by position`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Field{}
	for rows.Next() {
		var f Field
		var accept, options []byte
		if err := rows.Scan(&f.ID, &f.Key, &f.Section, &f.Kind, &f.Required, &f.MaxChars, &accept,
			&f.MaxBytes, &f.Label, &f.Hint, &options); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(accept, &f.Accept); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(options, &f.Options); err != nil {
			return nil, err
		}
		f.Heading = programmeTemplate().heading(f.Section)
		out = append(out, f)
	}
	return out, rows.Err()
}

// Rubric reads the criteria of a challenge, in order.
func Rubric(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Criterion, error) {
	rows, err := q.Query(ctx, `select id, key, weight, lowest, highest, name, description, anchors
		from criteria where challenge_id = $1 order by position`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Criterion{}
	for rows.Next() {
		var c Criterion
		var anchors []byte
		if err := rows.Scan(&c.ID, &c.Key, &c.Weight, &c.Lowest, &c.Highest, &c.Name, &c.Description, &anchors); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(anchors, &c.Anchors); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

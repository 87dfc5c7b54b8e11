package contest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// FieldKind is the kind of answer a field takes.
type FieldKind string

// The kinds of fields, and how an answer is written down: one line; Markdown; the key of one of
// Options; keys of Options in their order, joined by commas; a decimal number with a point; an http
// address; a day as 2006-01-02; a file.
const (
	Short   FieldKind = "short"
	Long    FieldKind = "long"
	Choice  FieldKind = "choice"
	Choices FieldKind = "choices"
	Number  FieldKind = "number"
	URL     FieldKind = "link"
	Date    FieldKind = "date"
	File    FieldKind = "file"
)

// FileTypes are the media types of each family that a file field may accept.
var FileTypes = map[string][]string{
	"pdf":      {"application/pdf"},
	"image":    {"image/png", "image/jpeg", "image/webp"},
	"video":    {"video/mp4", "video/webm"},
	"audio":    {"audio/mpeg", "audio/wav", "audio/x-m4a"},
	"document": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text"},
	"slides":   {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.oasis.opendocument.presentation"},
	"sheet":    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.oasis.opendocument.spreadsheet"},
}

// Field is one thing that an entry is asked for. Its key stays when everything else changes.
type Field struct {
	ID            uuid.UUID
	Key           string
	Section       string // key of the group of fields it stands in
	Heading       lang.Text
	Kind          FieldKind
	Required      bool
	MaxChars      int // lang.Characters; 0: no limit of its own
	MaxWords      int // lang.Words; 0: no limit
	Min, Max      *float64
	Unit          lang.Text // of a number
	Accept        []string  // file families, keys of FileTypes
	MaxBytes      int64
	ShownIf       *Condition // nil: always asked
	FrozenAfter   *time.Time // the answer cannot change from then on, by the database's clock
	Identifying   bool       // says whose entry it is: withheld from jurors where judging is blind
	JurySees      bool
	Demonstration bool // how the entrant will demonstrate the solution
	Label         lang.Text
	Hint          lang.Text
	Options       []Option
	AddedIn       int // version of the form that asked it first
	ChangedIn     int // version that last changed what is asked
	RemovedIn     int // version that stopped asking; 0: still asked
}

// Condition asks a field only where another one, a choice that comes before it, has this answer.
type Condition struct {
	Field  string `json:"field"`  // key
	Equals string `json:"equals"` // key of an option
}

// Option is one choice of a choice field.
type Option struct {
	Key   string    `json:"key"`
	Label lang.Text `json:"label"`
}

// FormSection is a group of fields under one heading.
type FormSection struct {
	Key   string
	Label lang.Text
}

// Criterion is one thing that jurors score: whole numbers from Lowest to Highest. Anchors say what
// each score means, lowest first. Weight is in per cent. Where MayNotApply, a juror may say that the
// criterion does not apply to an entry; its weight then goes to the others.
type Criterion struct {
	ID          uuid.UUID
	Key         string
	Weight      int
	Lowest      int
	Highest     int
	Name        lang.Text
	Description lang.Text
	Anchors     []lang.Text
	MayNotApply bool
}

// Frozen says whether the answer can no longer change at a moment.
func (f Field) Frozen(now time.Time) bool { return f.FrozenAfter != nil && !now.Before(*f.FrozenAfter) }

// Form reads what entries of a challenge are asked for, in order.
func Form(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Field, error) {
	return fields(ctx, q, challenge, "f.removed_in is null")
}

// DroppedFields reads what entries of a challenge are no longer asked for, though some answered it.
func DroppedFields(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Field, error) {
	return fields(ctx, q, challenge, "f.removed_in is not null")
}

func fields(ctx context.Context, q database.Queryer, challenge uuid.UUID, which string) ([]Field, error) {
	rows, err := q.Query(ctx, `select f.id, f.key, f.section, coalesce(s.label, '{}'), f.kind, f.required, coalesce(f.max_chars, 0),
		coalesce(f.max_words, 0), f.min_value, f.max_value, f.unit, f.accept, coalesce(f.max_bytes, 0), coalesce(f.shown_if_key, ''),
		coalesce(f.shown_if_equals, ''), f.frozen_after, f.identifying, f.jury_sees, f.demonstration, f.label, f.hint, f.options,
		f.added_in, f.changed_in, coalesce(f.removed_in, 0)
		from form_fields f left join form_sections s on s.challenge_id = f.challenge_id and s.key = f.section
		where f.challenge_id = $1 and `+which+` order by f.position, f.id`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Field{}
	for rows.Next() {
		var f Field
		var accept, options []byte
		var shown Condition
		if err := rows.Scan(&f.ID, &f.Key, &f.Section, &f.Heading, &f.Kind, &f.Required, &f.MaxChars, &f.MaxWords, &f.Min, &f.Max,
			&f.Unit, &accept, &f.MaxBytes, &shown.Field, &shown.Equals, &f.FrozenAfter, &f.Identifying, &f.JurySees, &f.Demonstration,
			&f.Label, &f.Hint, &options, &f.AddedIn, &f.ChangedIn, &f.RemovedIn); err != nil {
			return nil, err
		}
		if shown.Field != "" {
			f.ShownIf = &shown
		}
		if err := json.Unmarshal(accept, &f.Accept); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(options, &f.Options); err != nil {
			return nil, err
		}
		if len(f.Heading) == 0 {
			f.Heading = programmeTemplate().heading(f.Section)
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

// Rubric reads the criteria of a challenge, in order.
func Rubric(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Criterion, error) {
	rows, err := q.Query(ctx, `select id, key, weight, lowest, highest, name, description, anchors, may_not_apply
		from criteria where challenge_id = $1 order by position`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Criterion{}
	for rows.Next() {
		var c Criterion
		var anchors []byte
		if err := rows.Scan(&c.ID, &c.Key, &c.Weight, &c.Lowest, &c.Highest, &c.Name, &c.Description, &anchors, &c.MayNotApply); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(anchors, &c.Anchors); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

package contest

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// FormSections reads the groups of a form in order: its own, or those of the programme's template
// that its fields stand in.
func FormSections(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]FormSection, error) {
	rows, err := q.Query(ctx, `select key, label from form_sections where challenge_id = $1 order by position`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []FormSection{}
	for rows.Next() {
		var s FormSection
		if err := rows.Scan(&s.Key, &s.Label); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil || len(out) > 0 {
		return out, err
	}
	form, err := Form(ctx, q, challenge)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, f := range form {
		if !seen[f.Section] {
			seen[f.Section] = true
			out = append(out, FormSection{f.Section, f.Heading})
		}
	}
	return out, nil
}

func replaceSections(tx database.Tx, challenge uuid.UUID, list []FormSection) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from form_sections where challenge_id = $1`, challenge); err != nil {
		return err
	}
	for i, s := range list {
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into form_sections (challenge_id, key, position, label) values ($1,$2,$3,$4)`,
			challenge, s.Key, i+1, s.Label); err != nil {
			return err
		}
	}
	return nil
}

// putField writes one field at a place, over the one with the same id.
func putField(tx database.Tx, challenge uuid.UUID, place int, f Field) error {
	var shown Condition
	if f.ShownIf != nil {
		shown = *f.ShownIf
	}
	if f.Accept == nil {
		f.Accept = []string{}
	}
	if f.Options == nil {
		f.Options = []Option{}
	}
	_, err := tx.Pgx().Exec(tx.Context(), `insert into form_fields (id, challenge_id, key, position, section, kind, required, max_chars, max_words,
			min_value, max_value, unit, accept, max_bytes, shown_if_key, shown_if_equals, frozen_after, identifying, jury_sees, demonstration,
			label, hint, options, added_in, changed_in)
		values ($1,$2,$3,$4,$5,$6,$7,nullif($8,0),nullif($9,0),$10,$11,$12,$13,nullif($14::bigint,0),nullif($15,''),nullif($16,''),$17,$18,$19,$20,$21,$22,$23,$24,$25)
		on conflict (id) do update set position = excluded.position, section = excluded.section, kind = excluded.kind, required = excluded.required,
			max_chars = excluded.max_chars, max_words = excluded.max_words, min_value = excluded.min_value, max_value = excluded.max_value,
			unit = excluded.unit, accept = excluded.accept, max_bytes = excluded.max_bytes, shown_if_key = excluded.shown_if_key,
			shown_if_equals = excluded.shown_if_equals, frozen_after = excluded.frozen_after, identifying = excluded.identifying,
			jury_sees = excluded.jury_sees, demonstration = excluded.demonstration, label = excluded.label, hint = excluded.hint,
			options = excluded.options, added_in = excluded.added_in, changed_in = excluded.changed_in, removed_in = null`,
		f.ID, challenge, f.Key, place, f.Section, string(f.Kind), f.Required, f.MaxChars, f.MaxWords, f.Min, f.Max, f.Unit, jsonList(f.Accept),
		f.MaxBytes, shown.Field, shown.Equals, f.FrozenAfter, f.Identifying, f.JurySees, f.Demonstration, f.Label, f.Hint, f.Options, f.AddedIn, f.ChangedIn)
	return err
}

// insertForm gives a new challenge the template's form.
func insertForm(tx database.Tx, challenge uuid.UUID) error {
	p := TemplateForm()
	if err := replaceSections(tx, challenge, p.Sections); err != nil {
		return err
	}
	return insertFields(tx, challenge, p.Fields)
}

func insertFields(tx database.Tx, challenge uuid.UUID, list []Field) error {
	for i, f := range list {
		f.ID, f.AddedIn, f.ChangedIn = uuid.Must(uuid.NewV7()), 1, 1
		if err := putField(tx, challenge, i+1, f); err != nil {
			return err
		}
	}
	return nil
}

// CopyForm gives a challenge that was just made the form of another one, in place of its own.
// Moments after which answers are frozen stay behind: they belong to the other one's dates.
func CopyForm(tx database.Tx, from, to uuid.UUID) error {
	sections, err := FormSections(tx.Context(), tx.Pgx(), from)
	if err != nil {
		return err
	}
	form, err := Form(tx.Context(), tx.Pgx(), from)
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from form_fields where challenge_id = $1`, to); err != nil {
		return err
	}
	if err := replaceSections(tx, to, sections); err != nil {
		return err
	}
	for i := range form {
		form[i].FrozenAfter = nil
	}
	return insertFields(tx, to, form)
}

// TemplateForm is the form that a new challenge starts with.
func TemplateForm() FormPlan {
	t := programmeTemplate()
	out := FormPlan{}
	for _, g := range t.EntryForm.Groups {
		out.Sections = append(out.Sections, FormSection{g.Key, g.Label})
	}
	for _, f := range t.EntryForm.Fields {
		out.Fields = append(out.Fields, Field{
			Key: f.Key, Section: f.Group, Kind: f.Kind, Required: f.Required, MaxChars: f.Limit, Accept: f.Accept, MaxBytes: f.MaxBytes,
			Identifying: f.Identifying, JurySees: true, Demonstration: f.Demonstration, Label: f.Label, Hint: f.Hint, Options: f.Options,
		})
	}
	return out
}

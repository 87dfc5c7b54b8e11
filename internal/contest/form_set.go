package contest

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// SetForm writes the whole form of a challenge that the caller has locked, and gives the version of
// the form that results: the one before where nothing changed. Fields are known by their keys. What
// is no longer asked stays for the answers given to it, and comes back when its key does.
func SetForm(tx database.Tx, c Challenge, p FormPlan) (int, error) {
	if err := p.check(c.Language, c.Dates); err != nil {
		return 0, err
	}
	p = p.tidy()
	old, sections, err := formForChange(tx, c.ID)
	if err != nil {
		return 0, err
	}
	var version int
	if err := tx.Pgx().QueryRow(tx.Context(), `select form_version from challenges where id = $1`, c.ID).Scan(&version); err != nil {
		return 0, err
	}
	if sameForm(old, sections, p) {
		return version, nil
	}
	version++
	if err := checkAnswered(tx, old, p); err != nil {
		return 0, err
	}
	if err := replaceSections(tx, c.ID, p.Sections); err != nil {
		return 0, err
	}
	kept := map[string]bool{}
	for i, f := range p.Fields {
		kept[f.Key] = true
		j := slices.IndexFunc(old, func(x Field) bool { return x.Key == f.Key })
		switch {
		case j < 0:
			f.ID, f.AddedIn, f.ChangedIn = uuid.Must(uuid.NewV7()), version, version
		case old[j].RemovedIn > 0:
			f.ID, f.AddedIn, f.ChangedIn = old[j].ID, version, version
		default:
			f.ID, f.AddedIn, f.ChangedIn = old[j].ID, old[j].AddedIn, old[j].ChangedIn
			if !asksTheSame(old[j], f, c.Language) {
				f.ChangedIn = version
			}
		}
		if err := putField(tx, c.ID, i+1, f); err != nil {
			return 0, err
		}
	}
	for _, f := range old {
		if !kept[f.Key] && f.RemovedIn == 0 {
			if err := dropField(tx, f.ID, version); err != nil {
				return 0, err
			}
		}
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update challenges set form_version = $2 where id = $1`, c.ID, version)
	return version, err
}

func formForChange(tx database.Tx, challenge uuid.UUID) (old []Field, sections []FormSection, err error) {
	if old, err = fields(tx.Context(), tx.Pgx(), challenge, "true"); err != nil {
		return nil, nil, err
	}
	sections, err = FormSections(tx.Context(), tx.Pgx(), challenge)
	return old, sections, err
}

// asksTheSame compares what an entrant has to know: a corrected translation or another place in the
// form is no news.
func asksTheSame(a, b Field, source lang.Tag) bool {
	what := func(f Field) string {
		options := []string{}
		for _, o := range f.Options {
			options = append(options, o.Key, o.Label[source])
		}
		s, _ := json.Marshal([]any{f.Kind, f.Required, f.MaxChars, f.MaxWords, f.Min, f.Max, f.Unit[source], append([]string{}, f.Accept...),
			f.MaxBytes, f.ShownIf, f.FrozenAfter, f.Label[source], f.Hint[source], options})
		return string(s)
	}
	if a.FrozenAfter != nil {
		t := a.FrozenAfter.UTC()
		a.FrozenAfter = &t
	}
	return what(a) == what(b)
}

func sameForm(old []Field, sections []FormSection, p FormPlan) bool {
	live := slices.DeleteFunc(slices.Clone(old), func(f Field) bool { return f.RemovedIn > 0 })
	if len(live) != len(p.Fields) || len(sections) != len(p.Sections) {
		return false
	}
	for i, s := range sections {
		if s.Key != p.Sections[i].Key || !sameText(s.Label, p.Sections[i].Label) {
			return false
		}
	}
	for i, a := range live {
		b := p.Fields[i]
		if a.Key != b.Key || a.Section != b.Section || a.Identifying != b.Identifying || a.JurySees != b.JurySees || a.Demonstration != b.Demonstration {
			return false
		}
		for _, l := range lang.All {
			if !asksTheSame(a, b, l) {
				return false
			}
		}
	}
	return true
}

func sameText(a, b lang.Text) bool {
	return !slices.ContainsFunc(lang.All, func(l lang.Tag) bool { return a[l] != b[l] })
}

// checkAnswered keeps a field that was answered from becoming a file, or a file from becoming
// anything else: what was given would be lost from sight.
func checkAnswered(tx database.Tx, old []Field, p FormPlan) error {
	var v fault.Check
	for i, f := range p.Fields {
		j := slices.IndexFunc(old, func(x Field) bool { return x.Key == f.Key })
		if j < 0 || (old[j].Kind == File) == (f.Kind == File) {
			continue
		}
		given, err := answered(tx, old[j].ID)
		if err != nil {
			return err
		}
		v.That(!given, fmt.Sprintf("/fields/%d/kind", i), "answered")
	}
	return v.Err()
}

func answered(tx database.Tx, field uuid.UUID) (given bool, err error) {
	err = tx.Pgx().QueryRow(tx.Context(), `select exists (select from answers where field_id = $1)
		or exists (select from files where field_id = $1)`, field).Scan(&given)
	return given, err
}

// dropField stops asking; a field that nobody answered goes altogether.
func dropField(tx database.Tx, field uuid.UUID, version int) error {
	given, err := answered(tx, field)
	if err != nil {
		return err
	}
	if given {
		_, err = tx.Pgx().Exec(tx.Context(), `update form_fields set removed_in = $2, shown_if_key = null, shown_if_equals = null where id = $1`, field, version)
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `delete from form_fields where id = $1`, field)
	return err
}

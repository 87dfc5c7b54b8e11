package contest

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"reflect"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/lang"
)

// Rules are what a team accepts by entering: the authoritative text, the criteria, the form and the
// dates. Translations are not part of them.
type Rules struct {
	Language lang.Tag          `json:"language"`
	Title    string            `json:"title"`
	Summary  string            `json:"summary"`
	Sections map[string]string `json:"sections"` // Markdown by SectionKeys
	Criteria []RulesCriterion  `json:"criteria"`
	Form     []map[string]any  `json:"form"` // the fields in order; what is empty is left out
	Dates    RulesDates        `json:"dates"`
	// Terms are the key and the words of the chosen template, absent in challenges older than templates.
	Terms       string     `json:"terms,omitempty"`
	Eligibility []Question `json:"eligibility,omitempty"`
}

// RulesCriterion is a criterion inside a version of the rules.
type RulesCriterion struct {
	Key         string      `json:"key"`
	Weight      int         `json:"weight"`
	Lowest      int         `json:"lowest"`
	Highest     int         `json:"highest"`
	Name        lang.Text   `json:"name"`
	Description lang.Text   `json:"description"`
	Anchors     []lang.Text `json:"anchors"`
	MayNotApply bool        `json:"mayNotApply,omitempty"` // absent: every juror has to score it
}

// RulesDates are the dates inside a version of the rules, in UTC.
type RulesDates struct {
	OpensAt       time.Time `json:"opensAt"`
	ClosesAt      time.Time `json:"closesAt"`
	JudgingEndsAt time.Time `json:"judgingEndsAt"`
	ResultsAt     time.Time `json:"resultsAt"`
	GraceMinutes  int       `json:"graceMinutes,omitempty"` // after the deadline; absent: none
}

// Rules gives what stands now in the form that versions keep.
func (d Dossier) Rules() Rules {
	t := d.Texts[d.Language]
	out := Rules{Language: d.Language, Title: t.Title, Summary: t.Summary, Sections: map[string]string{},
		Criteria: rulesCriteria(d.Rubric), Form: []map[string]any{}, Dates: rulesDates(d.Dates, d.Grace)}
	for k, s := range t.Sections {
		out.Sections[k] = s
	}
	for _, f := range d.Form {
		out.Form = append(out.Form, plainField(f))
	}
	if terms, ok := TermsByKey(d.TermsKey); ok {
		out.Terms = terms.Key + "\n\n" + terms.Text[d.Language]
	}
	for _, q := range d.Eligibility {
		q.ID = uuid.Nil // the same question of a copy is the same rule
		out.Eligibility = append(out.Eligibility, q)
	}
	return out
}

func rulesDates(d Dates, grace time.Duration) RulesDates {
	at := func(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
	return RulesDates{at(d.Opens), at(d.Closes), at(d.JudgingEnds), at(d.Results), int(grace / time.Minute)}
}

func rulesCriteria(rubric []Criterion) []RulesCriterion {
	out := []RulesCriterion{}
	for _, c := range rubric {
		k := RulesCriterion{Key: c.Key, Weight: c.Weight, Lowest: c.Lowest, Highest: c.Highest,
			Name: written(c.Name), Description: written(c.Description), Anchors: []lang.Text{}, MayNotApply: c.MayNotApply}
		for _, a := range c.Anchors {
			k.Anchors = append(k.Anchors, written(a))
		}
		out = append(out, k)
	}
	return out
}

// written leaves out the languages without words, which say the same as absent ones.
func written(t lang.Text) lang.Text {
	out := lang.Text{}
	for l, s := range t {
		if s != "" {
			out[l] = s
		}
	}
	return out
}

// plainField is a field as JSON without its id, its group's heading and what is empty, so that a
// kind of setting that is added later changes no version in which nobody used it.
func plainField(f Field) map[string]any {
	b, err := json.Marshal(f)
	if err != nil {
		return map[string]any{"Key": f.Key}
	}
	out := map[string]any{}
	if err := json.Unmarshal(b, &out); err != nil {
		return map[string]any{"Key": f.Key}
	}
	delete(out, "ID")
	for _, k := range []string{"Heading", "AddedIn", "ChangedIn", "RemovedIn"} { // how it is shown, and the form's own history
		delete(out, k)
	}
	for k, v := range out {
		if empty(v) {
			delete(out, k)
		}
	}
	return out
}

func empty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case map[string]any:
		for _, each := range x {
			if !empty(each) {
				return false
			}
		}
		return true
	case []any:
		return len(x) == 0
	}
	return reflect.ValueOf(v).IsZero()
}

// canonical is the one form in which rules are hashed: JSON with keys in order, without white space
// and without escapes that need not be.
func (r Rules) canonical() ([]byte, [sha256.Size]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return nil, [sha256.Size]byte{}, err
	}
	out := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	return out, sha256.Sum256(out), nil
}

package formapi

import (
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
)

func draftOf(d contest.FormDraft) common.FormDraft {
	c := d.Challenge
	out := common.FormDraft{
		ChallengeId: c.ID, Title: httpapi.LocalText(c.Title), Language: common.FormDraftLanguage(c.Language), Version: d.Version, Blind: c.Blind,
		TimeZone: c.Zone, OpensAt: c.Dates.Opens, ClosesAt: c.Dates.Closes, Sections: make([]common.FormSection, 0, len(d.Sections)),
		Fields: fieldsOf(d.Fields), Dropped: fieldsOf(d.Dropped), Entries: d.Entries, Editable: d.Editable, ServerTime: d.Now,
	}
	if d.NextVersion {
		out.NextVersion = &d.NextVersion
	}
	for _, s := range d.Sections {
		out.Sections = append(out.Sections, common.FormSection{Key: s.Key, Label: httpapi.LocalText(s.Label)})
	}
	return out
}

func fieldsOf(list []contest.Field) []common.FormField {
	out := make([]common.FormField, 0, len(list))
	for _, f := range list {
		x := common.FormField{
			Key: f.Key, Section: f.Section, Kind: common.FormFieldKind(f.Kind), Required: f.Required, MaxChars: positive(f.MaxChars),
			MaxWords: positive(f.MaxWords), Min: f.Min, Max: f.Max, Unit: httpapi.LocalText(f.Unit), Accept: []common.FileFamily{},
			MaxBytes: positive(f.MaxBytes), ShownIf: ConditionOf(f.ShownIf), FrozenAfter: f.FrozenAfter, Identifying: f.Identifying,
			JurySees: f.JurySees, Demonstration: f.Demonstration, Label: httpapi.LocalText(f.Label), Hint: httpapi.LocalText(f.Hint),
			Options: OptionsOf(f.Options),
		}
		for _, a := range f.Accept {
			x.Accept = append(x.Accept, common.FileFamily(a))
		}
		out = append(out, x)
	}
	return out
}

// ConditionOf puts what a field depends on into the contract's form.
func ConditionOf(c *contest.Condition) *common.FormCondition {
	if c == nil {
		return nil
	}
	return &common.FormCondition{Field: c.Field, Equals: c.Equals}
}

// OptionsOf puts the options of a choice into the contract's form.
func OptionsOf(list []contest.Option) []common.FormOption {
	out := make([]common.FormOption, 0, len(list))
	for _, o := range list {
		out = append(out, common.FormOption{Key: o.Key, Label: httpapi.LocalText(o.Label)})
	}
	return out
}

func planOf(b common.FormChange) contest.FormPlan {
	out := contest.FormPlan{}
	for _, s := range b.Sections {
		out.Sections = append(out.Sections, contest.FormSection{Key: s.Key, Label: httpapi.Text(s.Label)})
	}
	for _, f := range b.Fields {
		x := contest.Field{
			Key: f.Key, Section: f.Section, Kind: contest.FieldKind(f.Kind), Required: f.Required, MaxChars: httpapi.Value(f.MaxChars),
			MaxWords: httpapi.Value(f.MaxWords), Min: f.Min, Max: f.Max, Unit: httpapi.Text(f.Unit), MaxBytes: httpapi.Value(f.MaxBytes),
			FrozenAfter: f.FrozenAfter, Identifying: f.Identifying, JurySees: f.JurySees, Demonstration: f.Demonstration,
			Label: httpapi.Text(f.Label), Hint: httpapi.Text(f.Hint),
		}
		if c := f.ShownIf; c != nil {
			x.ShownIf = &contest.Condition{Field: c.Field, Equals: c.Equals}
		}
		for _, a := range f.Accept {
			x.Accept = append(x.Accept, string(a))
		}
		for _, o := range f.Options {
			x.Options = append(x.Options, contest.Option{Key: o.Key, Label: httpapi.Text(o.Label)})
		}
		out.Fields = append(out.Fields, x)
	}
	return out
}

func positive[T int | int64](n T) *T {
	if n == 0 {
		return nil
	}
	return &n
}

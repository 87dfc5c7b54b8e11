package entryapi

import (
	"encoding/hex"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/formapi"
	"fieldtrial/internal/httpapi/oapi/common"
)

func entryOf(v entry.View) common.Entry {
	out := common.Entry{
		Id: v.ID, Reference: v.Reference, Challenge: challengeOf(v.Challenge, v.Cities, v.Phase), Team: teamMarkOf(v.Team),
		Language: common.Lang(v.Language), Status: common.EntryStatus(v.Status), Next: nextOf(v.Next), Version: v.Version,
		ChangesNotSubmitted: v.Unsent, CountsOnceConfirmed: v.OnceSigned,
		Sections: sectionsOf(v.Sections), Fields: make([]common.EntryField, 0, len(v.Form)), Answers: answersOf(v.Answers),
		Files: make([]common.EntryFile, 0, len(v.Files)), Missing: missingOf(v.Missing),
		Dropped: make([]common.EntryDropped, 0, len(v.Dropped)), FormVersion: v.FormNow, FormSeen: v.FormSeen,
		ChangedAt: v.ChangedAt, ServerTime: v.Now, AllowedActions: actions(v.Allowed), Window: windowOf(v.Window),
	}
	for _, f := range v.Form {
		out.Fields = append(out.Fields, fieldOf(f, v))
	}
	for _, d := range v.Dropped {
		out.Dropped = append(out.Dropped, droppedOf(d))
	}
	for _, f := range v.Files {
		out.Files = append(out.Files, fileOf(f))
	}
	officialOf(v.Official, &out)
	if v.Stage != nil {
		stage := stageOf(*v.Stage)
		out.Stage = &stage
	}
	if s := v.Submission; s != nil {
		out.LastSubmission = &common.EntrySubmission{Number: s.Number, SubmittedAt: s.At, SubmittedBy: optional(s.By), Kind: common.SubmissionKind(s.Kind)}
	}
	return out
}

func challengeOf(c contest.Challenge, cities []entry.CityMark, p contest.Phase) common.EntryChallenge {
	out := common.EntryChallenge{
		Id: c.ID, Slug: c.Slug, Title: httpapi.LocalText(c.Title), Phase: string(p),
		Dates:  common.EntryDates{Opens: c.Dates.Opens, Closes: c.Dates.Closes, JudgingEnds: c.Dates.JudgingEnds, Results: c.Dates.Results, ExtendedFrom: c.ExtendedFrom, TimeZone: c.Zone},
		Cities: make([]common.CityMark, 0, len(cities)),
	}
	for _, m := range cities {
		out.Cities = append(out.Cities, common.CityMark{Id: m.ID, Slug: m.Slug, Name: httpapi.LocalText(m.Name), Position: m.Position, TimeZone: m.Zone, Country: m.Country})
	}
	return out
}

func teamMarkOf(t entry.TeamMark) common.EntryTeam {
	return common.EntryTeam{Id: t.ID, Name: t.Name, LatinName: t.LatinName, Kind: common.TeamKind(t.Kind), Country: t.Country}
}

func nextOf(n entry.Next) common.EntryNext {
	out := common.EntryNext{What: common.EntryNextWhat(n.What)}
	if !n.At.IsZero() {
		out.At = &n.At
	}
	return out
}

func fieldOf(f contest.Field, v entry.View) common.EntryField {
	out := common.EntryField{
		Id: f.ID, Key: f.Key, Section: f.Section, Kind: common.FormFieldKind(f.Kind), Required: f.Required,
		MaxChars: optional(f.MaxChars), MaxWords: optional(f.MaxWords), Min: f.Min, Max: f.Max, Unit: httpapi.LocalText(f.Unit),
		MaxBytes: optional(f.MaxBytes), Label: httpapi.LocalText(f.Label), Hint: httpapi.LocalText(f.Hint),
		ShownIf: formapi.ConditionOf(f.ShownIf), FrozenAfter: f.FrozenAfter, Frozen: f.Frozen(v.Now) && !reopened(v, f.ID),
		Accept: make([]common.FileFamily, 0, len(f.Accept)), Options: make([]common.EntryOption, 0, len(f.Options)),
	}
	switch {
	case f.AddedIn > v.FormSeen:
		out.News = ptr(common.EntryFieldNews("added"))
	case f.ChangedIn > v.FormSeen:
		out.News = ptr(common.EntryFieldNews("changed"))
	}
	for _, a := range f.Accept {
		out.Accept = append(out.Accept, common.FileFamily(a))
	}
	for _, o := range f.Options {
		out.Options = append(out.Options, common.EntryOption{Key: o.Key, Label: httpapi.LocalText(o.Label)})
	}
	return out
}

func ptr[T any](v T) *T { return &v }

func droppedOf(d entry.DroppedAnswer) common.EntryDropped {
	unit := httpapi.LocalText(d.Field.Unit)
	out := common.EntryDropped{
		Key: d.Field.Key, Kind: common.FormFieldKind(d.Field.Kind), Label: httpapi.LocalText(d.Field.Label), Unit: &unit,
		Options: formapi.OptionsOf(d.Field.Options), Value: d.Value, Files: make([]common.EntryFile, 0, len(d.Files)), Since: d.Field.RemovedIn,
	}
	for _, f := range d.Files {
		out.Files = append(out.Files, fileOf(f))
	}
	return out
}

func answersOf(list []entry.Answer) []common.EntryAnswer {
	out := make([]common.EntryAnswer, 0, len(list))
	for _, a := range list {
		out = append(out, common.EntryAnswer{FieldId: a.FieldID, Value: a.Value, Version: a.Version, UpdatedAt: a.UpdatedAt, UpdatedBy: optional(a.UpdatedBy), Earlier: optional(a.Earlier)})
	}
	return out
}

func sectionsOf(list []entry.Section) []common.EntrySection {
	out := make([]common.EntrySection, 0, len(list))
	for _, s := range list {
		out = append(out, common.EntrySection{Key: s.Key, Label: httpapi.LocalText(s.Label), State: common.EntrySectionState(s.State), Fields: s.Fields})
	}
	return out
}

func missingOf(list []fault.Field) []common.FieldError {
	out := make([]common.FieldError, 0, len(list))
	for _, f := range list {
		e := common.FieldError{Pointer: f.Pointer, Code: f.Code}
		if len(f.Params) > 0 {
			e.Params = &f.Params
		}
		out = append(out, e)
	}
	return out
}

func fileOf(f entry.File) common.EntryFile {
	out := common.EntryFile{
		Id: f.ID, FieldId: f.Field, Name: f.Name, Size: f.Size, Type: f.Type, State: common.EntryFileState(f.State),
		Sha256: optional(hex.EncodeToString(f.SHA256)), CreatedAt: f.CreatedAt,
	}
	out.PromisedSha256 = optional(hex.EncodeToString(f.Promised))
	out.Replaced, out.Sent = optional(f.Replaced), optional(f.Sent)
	if f.State == entry.Refused || f.State == entry.NotScanned || f.State == entry.Uploading {
		out.Reason = optional(f.Reason)
	}
	return out
}

func actions(list []authz.Action) []string {
	out := make([]string, 0, len(list))
	for _, a := range list {
		out = append(out, string(a))
	}
	return out
}

func windowOf(w entry.Window) common.EntryWindow {
	out := common.EntryWindow{Closes: w.Closes, GraceUntil: w.Grace, LateUntil: w.Last(), FilesUntil: w.FilesUntil()}
	if x := w.Extension; x != nil {
		out.Extension = &common.EntryExtension{Until: x.Until, Reason: x.Reason, Language: common.Lang(x.Language)}
	}
	return out
}

func stageOf(s entry.Stage) common.EntryStage {
	out := common.EntryStage{Key: common.EntryStageKey(s.Key), Steps: make([]common.EntryStep, 0, len(s.Steps))}
	for _, next := range s.Steps {
		out.Steps = append(out.Steps, common.EntryStep{What: common.EntryStepWhat(next.What), At: next.At})
	}
	return out
}

// reopened says that a correction has the field open, whose moment may have passed.
func reopened(v entry.View, field uuid.UUID) bool {
	return v.Official.Correction != nil && v.Official.Correction.Fields[field]
}

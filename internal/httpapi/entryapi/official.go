package entryapi

import (
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
)

// officialOf tells a team what the people who run the challenge did about its entry.
func officialOf(o entry.Official, out *common.Entry) {
	if c := o.Correction; c != nil {
		ids := make([]uuid.UUID, 0, len(c.Fields))
		for _, f := range out.Fields { // in the form's order
			if c.Fields[f.Id] {
				ids = append(ids, f.Id)
			}
		}
		out.Correction = &common.EntryCorrection{FieldIds: slices.Clip(ids), Until: c.Until, Note: c.Note, Language: common.Lang(c.Language),
			Changed: c.Changed, SentAt: c.SentAt}
	}
	if f := o.Failed; f != nil {
		out.Failed = &common.EntryVerdict{Reasons: []common.LocalText{}, Note: f.Note, Language: common.Lang(f.Language), ToldAt: f.ToldAt}
		for _, r := range f.Reasons {
			out.Failed.Reasons = append(out.Failed.Reasons, httpapi.LocalText(r))
		}
	}
	if e := o.Early; e != nil {
		out.OpenedEarly = &common.EarlyOpening{At: e.At, Reason: e.Reason, Language: common.Lang(e.Language)}
	}
}

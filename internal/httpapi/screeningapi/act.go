package screeningapi

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/screening"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening"
)

// ScreenEntries previews or performs an act on many entries.
func (s *server) ScreenEntries(ctx context.Context, r api.ScreenEntriesRequestObject) (api.ScreenEntriesResponseObject, error) {
	b := r.Body
	q := screening.Request{
		Act: screening.Act(b.Act), Entries: value(b.EntryIds), Run: value(b.RunId), Reasons: value(b.Reasons), Note: value(b.Note),
		Language: lang.Tag(value(b.Language)), Fields: value(b.FieldIds), Until: value(b.Until), Preview: value(b.Preview), Expect: value(b.Expect),
	}
	if f := b.Filter; f != nil {
		q.Filter = &screening.Filter{Query: value(f.Q), State: string(value(f.State)), Screening: string(value(f.Screening)),
			Country: value(f.Country), Kind: string(value(f.Kind)), Language: string(value(f.Language))}
	}
	run, err := s.screening.Do(ctx, authz.From(ctx), r.Id, q)
	if err != nil {
		return nil, err
	}
	return api.ScreenEntries200JSONResponse(runOf(run)), nil
}

// GetScreeningRun tells how far an act is.
func (s *server) GetScreeningRun(ctx context.Context, r api.GetScreeningRunRequestObject) (api.GetScreeningRunResponseObject, error) {
	run, err := s.screening.Run(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetScreeningRun200JSONResponse(runOf(run)), nil
}

func runOf(r screening.Run) common.ScreeningRun {
	out := common.ScreeningRun{Act: common.ScreeningAct(r.Act), Total: r.Total, At: r.At, Done: r.Done, Finished: r.Finished, CanUndo: r.CanUndo,
		Skipped: []common.ScreeningSkip{}}
	if r.ID != uuid.Nil {
		out.Id = &r.ID
	}
	for _, x := range r.Skipped {
		out.Skipped = append(out.Skipped, common.ScreeningSkip{EntryId: x.Entry, Reference: x.Reference, Code: x.Code})
	}
	return out
}

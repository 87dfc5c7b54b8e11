package screeningapi

import (
	"context"
	"fieldtrial/internal/httpapi"

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
		Act: screening.Act(b.Act), Entries: httpapi.Value(b.EntryIds), Run: httpapi.Value(b.RunId), Reasons: httpapi.Value(b.Reasons), Note: httpapi.Value(b.Note),
		Language: lang.Tag(httpapi.Value(b.Language)), Fields: httpapi.Value(b.FieldIds), Until: httpapi.Value(b.Until), Preview: httpapi.Value(b.Preview), Expect: httpapi.Value(b.Expect),
	}
	if f := b.Filter; f != nil {
		q.Filter = &screening.Filter{Query: httpapi.Value(f.Q), State: string(httpapi.Value(f.State)), Screening: string(httpapi.Value(f.Screening)),
			Country: httpapi.Value(f.Country), Kind: string(httpapi.Value(f.Kind)), Language: string(httpapi.Value(f.Language))}
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

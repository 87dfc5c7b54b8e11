package contestsapi

import (
	"context"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/contests"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
)

// ListManagedContests answers with a page of contests.
func (s *server) ListManagedContests(ctx context.Context, r api.ListManagedContestsRequestObject) (api.ListManagedContestsResponseObject, error) {
	p := r.Params
	page, err := s.editions.List(ctx, authz.From(ctx), edition.Filter{
		Words: httpapi.Value(p.Q), State: edition.State(httpapi.Value(p.State)), Rehearsal: p.Rehearsal, ByTitle: string(httpapi.Value(p.Sort)) == "title",
		Cursor: httpapi.Value(p.Cursor), Limit: httpapi.Value(p.Limit),
	})
	if err != nil {
		return nil, err
	}
	out := api.ListManagedContests200JSONResponse{
		Items: []common.ManagedContestItem{}, NextCursor: httpapi.NextCursor(page.Next), Total: page.Total,
		AllowedActions: []string{string(authz.ManageContests)},
	}
	for _, c := range page.Items {
		out.Items = append(out.Items, common.ManagedContestItem{
			Id: c.ID, Slug: c.Slug, Title: httpapi.LocalText(c.Title), State: common.ContestState(c.State()), Rehearsal: c.Rehearsal,
			TimeZone: c.Zone, Dates: dates(c.Dates), Challenges: c.Challenges, Published: c.Published, Entries: c.Entries,
		})
	}
	return out, nil
}

// CreateContest makes a contest.
func (s *server) CreateContest(ctx context.Context, r api.CreateContestRequestObject) (api.CreateContestResponseObject, error) {
	b := r.Body
	n := edition.New{
		CopyOf: httpapi.Value(b.CopyOf), WithChallenges: httpapi.Value(b.WithChallenges), Rehearsal: time.Duration(httpapi.Value(b.RehearsalMinutes)) * time.Minute,
		Slug: httpapi.Value(b.Slug), Zone: httpapi.Value(b.TimeZone),
	}
	if b.Title != nil {
		n.Title = httpapi.Text(*b.Title)
	}
	if b.Dates != nil {
		n.Dates = datesOf(*b.Dates)
	}
	c, err := s.editions.Create(ctx, authz.From(ctx), n)
	if err != nil {
		return nil, err
	}
	etag := httpapi.ETag(c.Version)
	return api.CreateContest201JSONResponse{Body: managed(c), Headers: api.CreateContest201ResponseHeaders{ETag: &etag}}, nil
}

// GetManagedContest answers with one contest.
func (s *server) GetManagedContest(ctx context.Context, r api.GetManagedContestRequestObject) (api.GetManagedContestResponseObject, error) {
	c, err := s.editions.Get(ctx, authz.From(ctx), r.Id)
	return api.GetManagedContest200JSONResponse{ManagedContestJSONResponse: answer(c)}, err
}

// UpdateContest changes a contest's settings.
func (s *server) UpdateContest(ctx context.Context, r api.UpdateContestRequestObject) (api.UpdateContestResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	c, err := s.editions.Update(ctx, authz.From(ctx), r.Id, version, settingsOf(*r.Body))
	return api.UpdateContest200JSONResponse{ManagedContestJSONResponse: answer(c)}, err
}

// AnnounceContest makes a contest public.
func (s *server) AnnounceContest(ctx context.Context, r api.AnnounceContestRequestObject) (api.AnnounceContestResponseObject, error) {
	c, err := s.editions.Announce(ctx, authz.From(ctx), r.Id)
	return api.AnnounceContest200JSONResponse{ManagedContestJSONResponse: answer(c)}, err
}

// ArchiveContest puts a contest away.
func (s *server) ArchiveContest(ctx context.Context, r api.ArchiveContestRequestObject) (api.ArchiveContestResponseObject, error) {
	c, err := s.editions.Archive(ctx, authz.From(ctx), r.Id)
	return api.ArchiveContest200JSONResponse{ManagedContestJSONResponse: answer(c)}, err
}

// RestoreContest takes an archived contest back.
func (s *server) RestoreContest(ctx context.Context, r api.RestoreContestRequestObject) (api.RestoreContestResponseObject, error) {
	c, err := s.editions.Restore(ctx, authz.From(ctx), r.Id)
	return api.RestoreContest200JSONResponse{ManagedContestJSONResponse: answer(c)}, err
}

// PutContestMails replaces the contest's own paragraphs.
func (s *server) PutContestMails(ctx context.Context, r api.PutContestMailsRequestObject) (api.PutContestMailsResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	mails := map[string]lang.Text{}
	for _, m := range r.Body.Mails {
		mails[m.Kind] = httpapi.Text(m.Text)
	}
	c, err := s.editions.Mails(ctx, authz.From(ctx), r.Id, version, mails)
	return api.PutContestMails200JSONResponse{ManagedContestJSONResponse: answer(c)}, err
}

// PutContestReasons replaces the contest's own reasons of its screening.
func (s *server) PutContestReasons(ctx context.Context, r api.PutContestReasonsRequestObject) (api.PutContestReasonsResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	list := []reason.Reason{}
	for _, x := range r.Body.Reasons {
		list = append(list, reason.Reason{Key: httpapi.Value(x.Key), Label: httpapi.Text(x.Label)})
	}
	c, err := s.editions.Reasons(ctx, authz.From(ctx), r.Id, version, list)
	return api.PutContestReasons200JSONResponse{ManagedContestJSONResponse: answer(c)}, err
}

// WipeRehearsal deletes a rehearsal with everything in it.
func (s *server) WipeRehearsal(ctx context.Context, r api.WipeRehearsalRequestObject) (api.WipeRehearsalResponseObject, error) {
	w, err := s.editions.Wipe(ctx, authz.From(ctx), r.Id, r.Body.Slug)
	return api.WipeRehearsal200JSONResponse{Challenges: w.Challenges, Entries: w.Entries, Files: w.Files}, err
}

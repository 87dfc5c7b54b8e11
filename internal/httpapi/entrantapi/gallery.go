package entrantapi

import (
	"context"

	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/entrant"
	"fieldtrial/internal/markdown"
)

const galleryPage = 20

// GetGallery answers with a page of a contest's gallery.
func (s *server) GetGallery(ctx context.Context, r api.GetGalleryRequestObject) (api.GetGalleryResponseObject, error) {
	f := entry.GalleryFilter{
		Query: httpapi.Value(r.Params.Q), Challenge: httpapi.Value(r.Params.Challenge), City: httpapi.Value(r.Params.City), Cursor: httpapi.Value(r.Params.Cursor), Limit: galleryPage,
	}
	if n := r.Params.Limit; n != nil {
		f.Limit = *n
	}
	g, err := s.entries.Gallery(ctx, r.Slug, f)
	if err != nil {
		return nil, err
	}
	out := api.GetGallery200JSONResponse{
		Contest: httpapi.LocalText(g.Contest), Released: g.Released, Total: g.Total, Items: []common.GalleryEntry{},
		NextCursor: httpapi.NextCursor(g.Next), Challenges: choicesOf(g.Challenges), Cities: choicesOf(g.Cities),
	}
	for _, e := range g.Items {
		item := common.GalleryEntry{
			Team: e.Team.Name, LatinName: e.Team.LatinName, Kind: common.TeamKind(e.Team.Kind), Country: e.Team.Country, TeamCity: e.TeamCity,
			Title: e.Title, SummaryHtml: markdown.Lines(e.Summary), Language: common.Lang(e.Language), Challenge: e.Challenge,
			ChallengeTitle: httpapi.LocalText(e.Heading), Cities: citiesOf(e.Cities), Place: optional(e.Place),
		}
		if e.Outcome != "" {
			o := common.GalleryEntryOutcome(e.Outcome)
			item.Outcome = &o
		}
		if len(e.Testbed) > 0 {
			b := httpapi.LocalText(e.Testbed)
			item.Testbed = &b
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

func choicesOf(list []entry.Choice) []common.GalleryChoice {
	out := make([]common.GalleryChoice, 0, len(list))
	for _, c := range list {
		out = append(out, common.GalleryChoice{Slug: c.Slug, Name: httpapi.LocalText(c.Name), Entries: c.Entries})
	}
	return out
}

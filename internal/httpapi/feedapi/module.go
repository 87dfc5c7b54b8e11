// Package feedapi tells what is open to other programs: the tables of open data, the feeds and the
// list to embed. The files themselves are served by package feeds.
package feedapi

import (
	"context"

	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/feed"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/feeds"
	"fieldtrial/internal/lang"
)

type server struct {
	db   *database.DB
	site feed.Site
}

// Module registers the handlers.
func Module(db *database.DB, publicURL string) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{db, feed.Site{URL: publicURL}}, nil))
	}
}

// GetOpenData answers with all of it.
func (s *server) GetOpenData(ctx context.Context, _ api.GetOpenDataRequestObject) (api.GetOpenDataResponseObject, error) {
	out := common.OpenData{
		Licence: feed.Licence, LicenceUrl: feed.LicenceURL, EmbedUrl: s.site.URL + "/embed/challenges",
		Datasets: []common.OpenDataset{}, Feeds: []common.OpenFeed{}, Cities: []common.OpenDataCity{},
	}
	for _, d := range feed.Datasets {
		rows, err := d.Rows(ctx, s.db.Pool(), s.site)
		if err != nil {
			return nil, err
		}
		at := s.site.URL + "/open-data/" + d.Key
		x := common.OpenDataset{
			Key: d.Key, Title: httpapi.LocalText(d.Title), About: httpapi.LocalText(d.About), Rows: len(rows),
			CsvUrl: at + ".csv", JsonUrl: at + ".json", Columns: []common.OpenDataColumn{},
		}
		for _, c := range d.Columns {
			x.Columns = append(x.Columns, common.OpenDataColumn{Name: c.Name, About: httpapi.LocalText(c.About)})
		}
		out.Datasets = append(out.Datasets, x)
	}
	for _, l := range lang.All {
		for _, kind := range []string{"json", "rss", "ics"} {
			out.Feeds = append(out.Feeds, common.OpenFeed{Language: common.Lang(l), Kind: common.OpenFeedKind(kind), Url: s.site.Feed(l, kind, "")})
		}
	}
	cities, err := city.All(ctx, s.db.Pool())
	if err != nil {
		return nil, err
	}
	for _, c := range cities {
		out.Cities = append(out.Cities, common.OpenDataCity{Slug: c.Slug, Name: httpapi.LocalText(c.Name)})
	}
	return api.GetOpenData200JSONResponse(out), nil
}

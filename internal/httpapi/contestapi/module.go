// Package contestapi answers for contests and challenges: what the world reads, and what those who
// write, approve and translate work on.
package contestapi

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/cityapi"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/contest"
	"fieldtrial/internal/lang"
)

type server struct {
	contests  *contest.Service
	publicURL string
}

// Module registers the handlers. publicURL is the address under which people reach the product,
// for the links in calendars.
func Module(contests *contest.Service, publicURL string) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{contests, strings.TrimSuffix(publicURL, "/")}, nil))
	}
}

// cached says how an answer may be kept: asked for again each time, by an ETag over its bytes. at
// is the server's time inside the answer, which is left out: it alone changes nothing.
func cached(body any, at *common.Time, ifNoneMatch *string) (etag, control *string, same bool) {
	now := *at
	*at = time.Time{}
	b, _ := json.Marshal(body)
	*at = now
	sum := sha256.Sum256(b)
	e := `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
	c := "no-cache"
	if ifNoneMatch != nil {
		for _, t := range strings.Split(*ifNoneMatch, ",") {
			same = same || strings.TrimPrefix(strings.TrimSpace(t), "W/") == e
		}
	}
	return &e, &c, same
}

func actions(list []authz.Action) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = string(a)
	}
	return out
}

func marks(cities []city.City) []common.CityMark {
	out := make([]common.CityMark, len(cities))
	for i, c := range cities {
		out[i] = cityapi.Mark(c)
	}
	return out
}

func languages(tags []lang.Tag) []common.Lang {
	out := make([]common.Lang, len(tags))
	for i, t := range tags {
		out[i] = common.Lang(t)
	}
	return out
}

func wanted(l *common.Lang) lang.Tag {
	if l == nil {
		return lang.EN
	}
	return lang.Tag(*l).Or(lang.EN)
}

func region(r string) *common.Region {
	if r == "" {
		return nil
	}
	out := common.Region(r)
	return &out
}

func dates(d contest.Dates) common.ContestDates {
	return common.ContestDates{OpensAt: d.Opens, ClosesAt: d.Closes, JudgingEndsAt: d.JudgingEnds, ResultsAt: d.Results}
}

// extended are a challenge's dates with the deadline that was published first, where it was moved.
func extended(c contest.Challenge) common.ContestDates {
	out := dates(c.Dates)
	out.ExtendedFrom = c.ExtendedFrom
	return out
}

func etag(version int) *string {
	tag := httpapi.ETag(version)
	return &tag
}

// textIn gives a text in the wanted language, else in the one it has, and says which it is.
func textIn(t lang.Text, want lang.Tag) common.LangText {
	s, l := t.In(want)
	return common.LangText{Text: s, Lang: common.Lang(l)}
}

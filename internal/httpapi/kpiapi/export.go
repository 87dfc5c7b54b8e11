package kpiapi

import (
	"context"
	"fieldtrial/internal/httpapi"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fieldtrial/internal/authz"
	api "fieldtrial/internal/httpapi/oapi/kpi"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
)

// fileNames are what the download is called, before its contest and day.
var fileNames = map[lang.Tag]string{lang.EN: "participation", lang.ES: "participación", lang.JA: "参加状況"}

// ExportParticipation streams the file: nothing of it is kept in memory.
func (s *server) ExportParticipation(ctx context.Context, r api.ExportParticipationRequestObject) (api.ExportParticipationResponseObject, error) {
	now, err := s.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	l := lang.Tag(httpapi.Value(r.Params.Lang)).Or(lang.EN)
	return participation{s, ctx, l, kpi.Filter{Contest: httpapi.Value(r.Params.Contest), Actor: authz.From(ctx)}, now}, nil
}

type participation struct {
	*server
	ctx    context.Context
	lang   lang.Tag
	filter kpi.Filter
	now    time.Time
}

// VisitExportParticipationResponse writes the head with the first bytes, so that a refusal is still
// a problem. Once bytes are out an error can only break the connection: the client must not take
// half a file for the whole.
func (p participation) VisitExportParticipationResponse(w http.ResponseWriter) error {
	name := p.now.Format(time.DateOnly) + ".csv"
	if p.filter.Contest != "" {
		name = p.filter.Contest + "-" + name
	}
	out := &late{w: w, head: func(h http.Header) {
		h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
		h.Set("Content-Disposition", disposition("participation-"+name, fileNames[p.lang]+"-"+name))
	}}
	err := kpi.WriteParticipation(p.ctx, p.db, out, p.lang, p.filter)
	if err != nil && out.begun {
		p.log.Error("participation export broke off", "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// late is a writer that sends the head before the first byte, not earlier.
type late struct {
	w     http.ResponseWriter
	head  func(http.Header)
	begun bool
}

func (l *late) Write(b []byte) (int, error) {
	if !l.begun {
		l.begun = true
		l.head(l.w.Header())
		l.w.WriteHeader(http.StatusOK)
	}
	return l.w.Write(b)
}

// disposition is an attachment by RFC 6266: a plain name, and the real one for those who read it.
func disposition(plain, name string) string {
	clean := strings.Map(func(r rune) rune {
		if (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') || (r >= '0' && r <= '9') || r == '-' || r == '.' {
			return r
		}
		return '-'
	}, plain)
	return `attachment; filename="` + clean + `"; filename*=UTF-8''` + url.PathEscape(name)
}

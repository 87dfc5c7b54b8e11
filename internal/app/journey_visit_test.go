package app

import (
	"slices"
	"strings"

	"fieldtrial/internal/httpapi/oapi/common"
)

func (w *world) visit() {
	ctx := w.t.Context()
	find := func(p common.ListChallengesParams) *common.ChallengeList {
		return val(w.nobody.want(200).ListChallengesWithResponse(ctx, &p)).JSON200
	}
	slugs := func(l *common.ChallengeList) (out []string) {
		for _, c := range l.Items {
			out = append(out, c.Slug)
		}
		return out
	}
	if l := find(common.ListChallengesParams{Q: ptr("商店街")}); !slices.Equal(slugs(l), []string{w.kadai.Slug}) {
		w.t.Errorf("商店街 finds %v", slugs(l))
	}
	if l := find(common.ListChallengesParams{Q: ptr("AUTOBUS")}); !slices.Contains(slugs(l), w.reto.Slug) || slices.Contains(slugs(l), w.kadai.Slug) {
		w.t.Errorf("AUTOBUS finds %v", slugs(l))
	}
	all := find(common.ListChallengesParams{Limit: ptr(100)})
	if all.Total != 10 || len(all.Items) != 10 {
		w.t.Fatalf("%d of %d challenges", len(all.Items), all.Total)
	}
	in := find(common.ListChallengesParams{City: ptr("santander"), Limit: ptr(100)})
	if !slices.Contains(slugs(in), w.reto.Slug) || slices.Contains(slugs(in), w.kadai.Slug) || in.Total >= all.Total {
		w.t.Errorf("in Santander: %v", slugs(in))
	}
	if l := find(common.ListChallengesParams{Status: ptr(common.ListChallengesParamsStatus("closed"))}); l.Total != 0 {
		w.t.Errorf("closed: %d", l.Total)
	}
	newest := common.ListChallengesParamsSort("newest")
	if l := find(common.ListChallengesParams{Sort: &newest}); l.Items[0].Slug != w.reto.Slug || l.Items[1].Slug != w.kadai.Slug {
		w.t.Errorf("newest first: %v", slugs(l))
	}
	paged := []string{}
	for p := (common.ListChallengesParams{Limit: ptr(3)}); ; {
		l := find(p)
		paged = append(paged, slugs(l)...)
		if l.NextCursor == nil {
			break
		}
		p.Cursor = l.NextCursor
	}
	if !slices.Equal(paged, slugs(all)) {
		w.t.Errorf("by threes %v, at once %v", paged, slugs(all))
	}
	val(w.nobody.want(422).ListChallengesWithResponse(ctx, &common.ListChallengesParams{Cursor: ptr("not-a-cursor")}))

	for _, l := range []common.Lang{"en", "es", "ja"} {
		first := val(w.nobody.want(200).GetChallengeWithResponse(ctx, w.reto.Slug, &common.GetChallengeParams{Lang: &l}))
		etag := first.HTTPResponse.Header.Get("ETag")
		again := val(w.nobody.want(304).GetChallengeWithResponse(ctx, w.reto.Slug, &common.GetChallengeParams{Lang: &l, IfNoneMatch: &etag}))
		if etag == "" || len(again.Body) != 0 || first.JSON200.TranslationPending != (l != "es") || first.JSON200.Sections[0].Label.Lang != l {
			w.t.Errorf("%s: ETag %s, %d bytes after 304, %+v", l, etag, len(again.Body), first.JSON200.Sections[0].Label)
		}
	}
	ics := val(w.nobody.want(200).GetChallengeDeadlineWithResponse(ctx, w.reto.Slug, &common.GetChallengeDeadlineParams{Lang: ptr(common.LangEs)}))
	if text := string(ics.Body); !strings.Contains(text, "\r\nDTSTART:"+w.reto.Dates.ClosesAt.UTC().Format("20060102T150405Z")+"\r\n") || !strings.HasPrefix(ics.ContentType(), "text/calendar") {
		w.t.Errorf("%s: %s", ics.ContentType(), text)
	}
}

package trust

func drafts(l *leaks, try func(string, func())) {
	s := l.stages["draft"]
	title := "El aire de " + s.challenge.Slug
	for what, path := range map[string]string{
		"feed in JSON": "/feeds/challenges.es.json", "feed in RSS": "/feeds/challenges.es.rss", "calendar": "/feeds/challenges.es.ics",
		"site's map": "/sitemap.xml", "embeddable list": "/embed/challenges?lang=es", "page of challenges": "/es/challenges",
	} {
		try("the "+what+" does not know of a draft", func() { l.lacks(l.nobody().at("GET", path, nil), title, s.challenge.Slug) })
	}
	try("a draft's name answers the public as a name that nobody gave", func() {
		for _, rest := range []string{"", "/extras", "/questions", "/versions", "/results", "/deadline.ics"} {
			l.hidden(l.nobody().get("/challenges/"+s.challenge.Slug+rest), l.nobody().get("/challenges/nobody-gave-this"+rest))
		}
	})
	try("the public list and its search do not know of a draft", func() {
		l.lacks(l.nobody().get("/challenges?q=stage-draft"), title)
		l.lacks(l.nobody().get("/challenges"), s.challenge.Slug+`"`)
	})
	try("changing a draft does not change the public list's ETag", func() {
		before := l.nobody().get("/challenges").header.Get("ETag")
		l.exec(`update challenges set tags = '["new"]', version = version + 1 where id = $1`, s.challenge.Challenge)
		if after := l.nobody().get("/challenges").header.Get("ETag"); after != before {
			l.t.Errorf("%s, then %s", before, after)
		}
	})
	try("another city's official finds no draft, by id or in lists", func() {
		l.hidden(l.as("official-other").get(desk(s, "")), l.as("official-other").get(desk(s, "/authoring")), l.as("official-other").get(desk(s, "/form")))
		l.lacks(l.as("official-other").get("/manage/challenges"), title)
	})
	try("another city's official cannot copy from a draft it does not see", func() {
		a := l.as("official-other").post(desk(s, "/clone"), map[string]any{"contestId": l.rows.Contest, "leadCityId": l.rows.Fujisawa})
		l.hidden(a)
	})
	try("a private question and its asker are not public", func() {
		l.lacks(l.nobody().get("/challenges/"+l.stages["open"].challenge.Slug+"/questions"), "power at the stop", "owner")
	})
}

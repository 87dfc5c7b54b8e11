package app

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/httpapi/oapi/common"
)

var kadaiText = common.ChallengeTextChange{
	Title: "雨の日も歩きやすい商店街へ", Summary: "雨の日に人通りが減る商店街で、歩きやすさを測り、改善につなげます。",
	Problem: "雨が降ると **商店街の人通り** が減ります。\n\n<script>alert(1)</script>", Context: "アーケードは一部だけです。", Success: "- 雨の日の通行量が分かる\n- 対策の効果が見える",
	Resources: "人流データを提供します。", Eligibility: "どなたでも応募できます。", Demonstration: "1か月の実証で確かめます。", Terms: "知的財産は応募者に残ります。",
}

var retoText = common.ChallengeTextChange{
	Title: "Sombra para quien espera el autobús", Summary: "Medir y reducir el calor en las paradas sin marquesina durante el verano.",
	Problem: "En verano, **la espera** al sol supera los veinte minutos.", Context: "Hay sensores en parte de la ciudad.", Success: "- Se conoce la temperatura de cada parada",
	Resources: "Datos abiertos y paradas de prueba.", Eligibility: "Cualquier equipo.", Demonstration: "Un mes de prueba en dos paradas.", Terms: "La propiedad intelectual es del equipo.",
}

func (w *world) writeChallenges() {
	ctx := w.t.Context()
	contests := val(w.nobody.want(200).ListContestsWithResponse(ctx)).JSON200.Items
	if len(contests) != 1 || contests[0].Slug != "m-sec" || len(contests[0].Prizes) != 4 {
		w.t.Fatalf("contests %+v", contests)
	}
	w.contest = contests[0]
	w.kadai = w.write(w.fujisawa, w.fujisawa2, "fujisawa", "ja", kadaiText)
	w.reto = w.write(w.santander, w.signIn("approver@santander.example", demoSecret), "santander", "es", retoText)

	public := val(w.nobody.want(200).GetChallengeWithResponse(ctx, w.kadai.Slug, &common.GetChallengeParams{Lang: ptr(common.LangEn)})).JSON200
	if !public.TranslationPending || public.Lang != "ja" || public.Title != kadaiText.Title || public.Phase != "open" || public.TimeZone != "Asia/Tokyo" {
		w.t.Errorf("public: pending %v, %s, %q, %s in %s", public.TranslationPending, public.Lang, public.Title, public.Phase, public.TimeZone)
	}
	for _, l := range []common.Lang{"en", "es"} {
		list := val(w.nobody.want(200).ListChallengesWithResponse(ctx, &common.ListChallengesParams{Lang: &l})).JSON200
		i := slices.IndexFunc(list.Items, func(c common.ChallengeItem) bool { return c.Id == w.kadai.Id })
		if i < 0 || !list.Items[i].TranslationPending || list.Items[i].Sample || list.Items[i].Lang != "ja" {
			t := list.Total
			w.t.Errorf("%s: not pending in the list of %d", l, t)
		}
	}
	manager := w.signIn("manager@fieldtrial.example", demoSecret)
	pending := val(manager.want(200).ListTranslationsWithResponse(ctx, &common.ListTranslationsParams{Target: ptr(common.LangEn)})).JSON200.Items
	if len(pending) != 2 { // the samples are translated
		w.t.Errorf("pending in English: %+v", pending)
	}
	w.mail("manager@fieldtrial.example", kadaiText.Title)
}

// write takes a challenge from the template to publication, in one language alone.
func (w *world) write(author, second caller, city string, l common.Lang, text common.ChallengeTextChange) common.ManagedChallenge {
	ctx := w.t.Context()
	cities := val(author.want(200).ListCitiesWithResponse(ctx)).JSON200.Items
	host := cities[slices.IndexFunc(cities, func(c common.City) bool { return c.Slug == city })]
	beds := val(author.want(200).ListTestbedsWithResponse(ctx, &common.ListTestbedsParams{City: &city})).JSON200.Items
	bed := beds[slices.IndexFunc(beds, func(b common.Testbed) bool { return b.Open && len(b.Slots) > 0 })]
	template := val(author.want(200).GetChallengeTemplateWithResponse(ctx)).JSON200
	if len(template.Sections) != 9 || len(template.Criteria) != 5 || template.Name.Lang()["ja"] == "" {
		w.t.Fatalf("template %+v", template)
	}
	once := &common.CreateChallengeParams{IdempotencyKey: ptr("challenge-" + city)}
	start := common.NewChallenge{ContestId: w.contest.Id, LeadCityId: host.Id, Title: &text.Title, TestbedIds: &[]common.Id{bed.Id}}
	m := val(author.want(201).CreateChallengeWithResponse(ctx, once, start)).JSON201
	if again := val(author.want(201).CreateChallengeWithResponse(ctx, once, start)).JSON201; again.Id != m.Id || m.Language != l {
		w.t.Errorf("started %+v and %s", m.Language, again.Id)
	}
	version := m.Texts[slices.IndexFunc(m.Texts, func(t common.ChallengeText) bool { return t.Lang == l })].Version
	saved := val(author.want(200).PutChallengeTextWithResponse(ctx, m.Id, l, &common.PutChallengeTextParams{IfMatch: tag(version)}, text))
	val(author.want(412).PutChallengeTextWithResponse(ctx, m.Id, l, &common.PutChallengeTextParams{IfMatch: tag(version)}, text))
	if saved.HTTPResponse.Header.Get("ETag") != tag(saved.JSON200.Version) || saved.JSON200.Version != version+1 {
		w.t.Errorf("text version %d, ETag %s", saved.JSON200.Version, saved.HTTPResponse.Header.Get("ETag"))
	}
	m = val(author.want(200).GetManagedChallengeWithResponse(ctx, m.Id)).JSON200
	criteria := m.Criteria
	for i, weight := range []int{35, 25, 15, 15, 10} {
		criteria[i].Weight = weight
	}
	criteria[0].Anchors[5] = map[common.Lang]common.LocalText{"ja": {Ja: ptr("根拠となるデータがある")}, "es": {Es: ptr("Se apoya en datos")}}[l]
	m = val(author.want(200).PutChallengeCriteriaWithResponse(ctx, m.Id, &common.PutChallengeCriteriaParams{IfMatch: tag(m.Version)}, common.CriteriaChange{Criteria: criteria})).JSON200
	val(author.want(422, "challenge.incomplete").SendChallengeWithResponse(ctx, m.Id)) // terms are settled before
	val(author.want(200).ChooseTermsWithResponse(ctx, m.Id, &common.ChooseTermsParams{IfMatch: tag(m.Version)}, common.ChooseTermsJSONRequestBody{Template: "startup-keeps"}))
	m = val(author.want(200).GetManagedChallengeWithResponse(ctx, m.Id)).JSON200
	if len(m.Missing) != 0 {
		w.t.Fatalf("missing %+v", m.Missing)
	}
	w.preview(author, *m, l)
	w.copied(author, *m, host.Id)

	val(author.want(200).SendChallengeWithResponse(ctx, m.Id))
	val(author.want(403, "challenge.own_approval").ApproveChallengeWithResponse(ctx, m.Id))
	val(author.want(409, "challenge.not_approved").PublishChallengeWithResponse(ctx, m.Id))
	w.mail("approver@"+city+".example", text.Title)
	val(second.want(200).ApproveChallengeWithResponse(ctx, m.Id))
	m = val(author.want(200).PublishChallengeWithResponse(ctx, m.Id)).JSON200
	if m.State != "published" || m.Phase != "open" || len(m.Acts) != 3 {
		w.t.Errorf("published %s %s %+v", m.State, m.Phase, m.Acts)
	}
	return *m
}

// copied starts another challenge from this one, with what was said of a pitch round.
func (w *world) copied(author caller, m common.ManagedChallenge, city common.Id) {
	ctx := w.t.Context()
	said := common.PitchPlanChange{Invited: 7, Share: 30, Criteria: []common.ManagedCriterion{}}
	val(author.want(200).SavePitchPlanWithResponse(ctx, m.Id, &common.SavePitchPlanParams{IfMatch: tag(0)}, said))
	another := val(author.want(201).CloneChallengeWithResponse(ctx, m.Id, nil, common.ChallengeClone{ContestId: w.contest.Id, LeadCityId: city})).JSON201
	if plan := val(author.want(200).GetPitchPlanWithResponse(ctx, another.Id)).JSON200; plan.Invited != 7 || plan.Share != 30 || plan.Version != 1 {
		w.t.Errorf("the copy's pitch round: %+v", plan)
	}
}

func (w *world) preview(author caller, m common.ManagedChallenge, l common.Lang) {
	ctx := w.t.Context()
	html := val(author.want(200).RenderMarkdownWithResponse(ctx, common.RenderMarkdownJSONRequestBody{Text: kadaiText.Problem})).JSON200.Html
	seen := val(author.want(200).PreviewChallengeWithResponse(ctx, m.Id, &common.PreviewChallengeParams{Lang: &l})).JSON200
	if !strings.Contains(html, "<strong>商店街の人通り</strong>") || strings.Contains(html, "<script") || len(seen.Sections) != 7 || len(seen.Testbeds) != 1 ||
		!strings.Contains(seen.Sections[0].Html, "<strong>") || strings.Contains(seen.Sections[0].Html, "<script") {
		w.t.Errorf("preview %q, %+v", html, seen.Sections)
	}
	// a draft does not exist: not for the public, and not for the officials of another city
	hidden := w.santander
	if m.Language == "es" {
		hidden = w.fujisawa
	}
	absent := val(hidden.want(404).GetManagedChallengeWithResponse(ctx, uuid.New())).Body
	if there := val(hidden.want(404).GetManagedChallengeWithResponse(ctx, m.Id)).Body; string(there) != string(absent) {
		w.t.Errorf("another city's draft answers %s, what is absent %s", there, absent)
	}
	val(w.nobody.want(404).GetChallengeWithResponse(ctx, m.Slug, nil))
	val(w.nobody.want(401).GetManagedChallengeWithResponse(ctx, m.Id))
}

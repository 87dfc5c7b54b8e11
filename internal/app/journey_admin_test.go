package app

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"fieldtrial/internal/httpapi/oapi/common"
)

// count looks at the indicators and the export: of four teams, two are startups whose entries count.
func (w *world) count() {
	ctx := w.t.Context()
	board := val(w.admin.want(200).ListIndicatorsWithResponse(ctx)).JSON200
	all := []common.Kpi{}
	for _, g := range board.Groups {
		all = append(all, g.Indicators...)
	}
	at := slices.IndexFunc(all, func(k common.Kpi) bool { return k.Slug == "contest-startups" })
	startups := all[at]
	if len(all) != 19 || startups.Counted == nil || *startups.Counted != 2 || *startups.Value != 2 || startups.Target != 20 || startups.Op != "gt" || startups.Status != "below" ||
		!startups.Provisional || startups.Definition.Lang()["ja"] == "" || board.Programme.Month != 20 {
		w.t.Errorf("%d indicators, contest-startups %+v in month %d", len(all), startups, board.Programme.Month)
	}
	detail := val(w.admin.want(200).GetIndicatorWithResponse(ctx, "contest-startups", nil)).JSON200
	verdicts := map[common.KpiVerdict]int{}
	for _, v := range detail.Verdicts {
		verdicts[v.Verdict] = v.Count
	}
	if verdicts["counted"] != 2 || verdicts["again"] != 1 || verdicts["university"] != 1 || len(detail.Rows.Items) != 4 {
		w.t.Errorf("verdicts %v, %d rows", verdicts, len(detail.Rows.Items))
	}

	val(w.chair.want(404).ExportParticipationWithResponse(ctx, nil))
	file := val(w.admin.want(200).ExportParticipationWithResponse(ctx, &common.ExportParticipationParams{Lang: ptr(common.LangJa)}))
	text, marked := bytes.CutPrefix(file.Body, []byte("\xEF\xBB\xBF"))
	if !marked || bytes.Count(text, []byte("\n")) != bytes.Count(text, []byte("\r\n")) || !bytes.HasSuffix(text, []byte("\r\n")) {
		w.t.Errorf("no BOM or no CRLF: %q", file.Body[:min(80, len(file.Body))])
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	must(w.t, err)
	cells := map[string][]string{}
	for _, r := range rows[1:] {
		cells[r[3]] = r
	}
	kuki, univ := cells[w.entrants[0].entry.Reference], cells[w.entrants[2].entry.Reference]
	if len(rows) != 6 || rows[0][0] != "コンテスト" || kuki[4] != "空気ラボ" || kuki[1] != kadaiText.Title || kuki[8] != "藤沢市" || kuki[11] != "F6S" || kuki[14] != "はい" ||
		univ[4] != "'=SUM(A1:A9)" || univ[14] != "いいえ" {
		w.t.Errorf("export %q", rows)
	}
}

var yokosukaText = common.ChallengeTextChange{
	Title: "坂の多いまちで買い物を続けるために", Summary: "坂道の多い地区で、買い物に困る方の移動を支えます。", Problem: "坂道で **買い物** が大変です。", Context: "高齢の方が多い地区です。",
	Success: "- 外出が増える", Resources: "実証の場所を提供します。", Eligibility: "どなたでも応募できます。", Demonstration: "1か月の実証で確かめます。", Terms: "知的財産は応募者に残ります。",
}

// join adds a city that was only a candidate, with officials and a testbed, to the running program.
func (w *world) join() {
	ctx := w.t.Context()
	candidates := val(w.admin.want(200).ListCityCandidatesWithResponse(ctx)).JSON200.Items
	if !slices.ContainsFunc(candidates, func(c common.CityCandidate) bool { return c.Slug == "yokosuka" && c.TimeZone == "Asia/Tokyo" }) {
		w.t.Fatalf("candidates %+v", candidates)
	}
	city := val(w.admin.want(201).CreateCityWithResponse(ctx, nil, common.NewCity{Candidate: ptr("yokosuka")})).JSON201
	if city.Position != 2 || city.Country != "JP" || city.Language != "ja" || !strings.Contains(city.Name.Lang()["ja"], "横須賀") {
		w.t.Errorf("city %+v", city)
	}
	w.invite(w.admin, "official@yokosuka.example", "official", "city", city.Id, "ja")
	w.invite(w.admin, "approver@yokosuka.example", "official", "city", city.Id, "ja")
	author, second := w.accept("official@yokosuka.example", "横須賀市 担当者"), w.accept("approver@yokosuka.example", "横須賀市 承認者")

	bed := val(author.want(201).CreateTestbedWithResponse(ctx, nil, common.NewTestbed{CityIds: []common.Id{city.Id},
		Name: common.LocalText{Ja: ptr("坂道の移動テストベッド")}, Gives: &common.TestbedGives{Place: &common.LocalText{Ja: ptr("坂道の多い地区")}}})).JSON201
	day := func(months int) openapi_types.Date {
		return openapi_types.Date{Time: time.Now().AddDate(0, months, 0)}
	}
	val(author.want(201).AddSlotWithResponse(ctx, bed.Id, nil, common.NewSlot{CityId: city.Id, StartsOn: day(4), EndsOn: day(5)}))
	val(w.santander.want(404).AddSlotWithResponse(ctx, bed.Id, nil, common.NewSlot{CityId: city.Id, StartsOn: day(6), EndsOn: day(7)}))

	m := w.write(author, second, "yokosuka", "ja", yokosukaText)
	list := val(w.nobody.want(200).ListChallengesWithResponse(ctx, &common.ListChallengesParams{City: ptr("yokosuka"), Lang: ptr(common.LangEs)})).JSON200
	if list.Total != 1 || list.Items[0].Id != m.Id || !list.Items[0].TranslationPending || list.Items[0].Cities[0].Position != 2 {
		w.t.Errorf("in Yokosuka: %+v", list)
	}
}

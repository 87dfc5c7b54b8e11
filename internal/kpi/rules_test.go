package kpi_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/kpi"
)

func date(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestMonthOf(t *testing.T) {
	for _, c := range []struct {
		starts, day string
		want        int
	}{
		{"2018-07-01", "2018-07-01", 1}, {"2018-07-01", "2018-07-31", 1}, {"2018-07-01", "2018-08-01", 2},
		{"2018-07-01", "2020-02-29", 20}, {"2018-07-01", "2021-06-30", 36}, {"2018-07-01", "2018-06-30", 0},
		{"2018-07-15", "2018-08-14", 1}, {"2018-07-15", "2018-08-15", 2},
		{"2018-01-31", "2018-02-27", 1}, {"2018-01-31", "2018-02-28", 2}, {"2018-01-31", "2018-03-30", 2}, {"2018-01-31", "2018-03-31", 3},
	} {
		if got := kpi.MonthOf(date(c.starts), date(c.day)); got != c.want {
			t.Errorf("MonthOf(%s, %s) = %d, want %d", c.starts, c.day, got, c.want)
		}
	}
}

func TestNormalNameBringsSpellingsTogether(t *testing.T) {
	for _, same := range [][]string{
		{"Acme Ltd", "ACME", "acme, ltd.", "Ａｃｍｅ", " Acme  Limited "},
		{"Marea S.L.", "Maréa SL", "marea"},
		{"株式会社ミライ", "ミライ", "ﾐﾗｲ", "(株)ミライ", "㈱ミライ", "ミライ株式会社", "ミ・ライ"},
		{"Blue-Sky Labs", "Blue Sky Labs", "BlueSky Labs"},
	} {
		for _, s := range same[1:] {
			if kpi.NormalName(s) != kpi.NormalName(same[0]) {
				t.Errorf("%q → %q, but %q → %q", s, kpi.NormalName(s), same[0], kpi.NormalName(same[0]))
			}
		}
	}
	for _, apart := range [][2]string{{"はな", "ばな"}, {"Acme One", "Acme Two"}, {"SL", "SA"}, {"!!!", "???"}, {"株式会社", "合同会社"}} {
		if kpi.NormalName(apart[0]) == kpi.NormalName(apart[1]) {
			t.Errorf("%q and %q are taken for one", apart[0], apart[1])
		}
	}
}

func TestJudge(t *testing.T) {
	no, yes := false, true
	start := date("2020-02-01")
	type e struct {
		name, kind, country, team string
		day                       int
		eligible                  *bool
		want                      kpi.Verdict
	}
	for title, entries := range map[string][]e{
		"kinds": {
			{"A", "startup", "ES", "a", 1, nil, kpi.Counted}, {"B", "person", "JP", "b", 1, &yes, kpi.Counted},
			{"C", "university", "ES", "c", 1, nil, kpi.University}, {"D", "company", "ES", "d", 1, nil, kpi.Company}, {"E", "group", "ES", "e", 1, nil, kpi.Group},
		},
		"two challenges count once":         {{"A", "startup", "ES", "a", 2, nil, kpi.Again}, {"A", "startup", "ES", "a", 1, nil, kpi.Counted}},
		"duplicate by name and country":     {{"A Ltd", "startup", "ES", "a", 1, nil, kpi.Counted}, {"a", "startup", "ES", "b", 2, nil, kpi.Duplicate}},
		"same name in another country":      {{"A", "startup", "ES", "a", 1, nil, kpi.Counted}, {"A", "startup", "JP", "b", 2, nil, kpi.Counted}},
		"ineligible stands for nobody":      {{"A", "startup", "ES", "a", 1, &no, kpi.Ineligible}, {"A", "startup", "ES", "a", 2, nil, kpi.Counted}},
		"a startup before its university":   {{"A", "university", "ES", "a", 1, nil, kpi.Duplicate}, {"A", "startup", "ES", "b", 2, nil, kpi.Counted}},
		"a university twice is shown once":  {{"A", "university", "ES", "a", 1, nil, kpi.University}, {"A", "university", "ES", "a", 2, nil, kpi.Again}},
		"an ineligible university likewise": {{"A", "university", "ES", "a", 1, &no, kpi.Ineligible}},
	} {
		t.Run(title, func(t *testing.T) {
			var all []kpi.Participation
			teams := map[string]uuid.UUID{}
			for n, x := range entries {
				if _, ok := teams[x.team]; !ok {
					teams[x.team] = uuid.New()
				}
				all = append(all, kpi.Participation{Entry: uuid.New(), Reference: fmt.Sprint(n), Team: teams[x.team], Name: x.name,
					Kind: x.kind, Country: x.country, Eligible: x.eligible, FirstSubmitted: start.AddDate(0, 0, x.day)})
			}
			got := kpi.Judge(all)
			for n, x := range entries {
				if v := got[all[n].Entry]; v != x.want {
					t.Errorf("entry %d (%s, %s): %s, want %s", n, x.name, x.kind, v, x.want)
				}
			}
		})
	}
}

func TestStatusOf(t *testing.T) {
	v := func(x float64) *float64 { return &x }
	for _, c := range []struct {
		op    string
		value *float64
		want  kpi.Status
	}{
		{"gt", nil, kpi.Empty}, {"gt", v(20), kpi.Below}, {"gt", v(21), kpi.Reached}, {"gt", v(0), kpi.Below},
		{"gte", v(19), kpi.Below}, {"gte", v(20), kpi.Reached}, {"gte", v(21), kpi.Reached},
	} {
		if got := kpi.StatusOf(c.op, 20, c.value); got != c.want {
			t.Errorf("%s 20 with %v: %s, want %s", c.op, c.value, got, c.want)
		}
	}
}

func TestLatestLeavesOutWithdrawnAndLater(t *testing.T) {
	gone := date("2020-01-09")
	all := []kpi.Measurement{
		{On: date("2020-01-05"), Value: 5, CreatedAt: date("2020-02-01")},
		{On: date("2020-01-05"), Value: 6, CreatedAt: date("2020-02-02")},
		{On: date("2020-01-07"), Value: 7, CreatedAt: date("2020-01-08"), WithdrawnAt: &gone},
		{On: date("2020-01-20"), Value: 8, CreatedAt: date("2020-01-20")},
	}
	if m := kpi.Latest(all, date("2020-01-10")); m == nil || m.Value != 6 {
		t.Errorf("on the 10th: %+v, want 6", m)
	}
	if m := kpi.Latest(all, date("2020-01-20")); m == nil || m.Value != 8 {
		t.Errorf("on the 20th: %+v, want 8", m)
	}
	if m := kpi.Latest(all, date("2020-01-04")); m != nil {
		t.Errorf("on the 4th: %+v", m)
	}
}

func TestSeriesByMonthInTheProgrammesZone(t *testing.T) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	measured := []kpi.Measurement{{On: date("2020-02-29"), Value: 10}, {On: date("2020-03-01"), Value: 30}}
	since := date("2020-02-10")
	times := []time.Time{
		time.Date(2020, 2, 29, 14, 59, 0, 0, time.UTC), // 23:59 in Tokyo: still February
		time.Date(2020, 2, 29, 15, 0, 0, 0, time.UTC),  // midnight in Tokyo: March
	}
	got := kpi.Series(date("2020-01-01"), date("2020-03-15"), tokyo, measured, &since, times)
	want := []any{nil, 11.0, 32.0}
	if len(got) != len(want) {
		t.Fatalf("%d months, want %d", len(got), len(want))
	}
	for n, w := range want {
		var v any
		if got[n].Value != nil {
			v = *got[n].Value
		}
		if got[n].Month != n+1 || v != w {
			t.Errorf("month %d: %v, want %v", got[n].Month, v, w)
		}
	}
}

func TestRegion(t *testing.T) {
	for country, want := range map[string]string{"ES": "EU", "JP": "JP", "GB": "other", "": "other", "T ": "other"} {
		if got := kpi.Region(country); got != want {
			t.Errorf("%q: %s, want %s", country, got, want)
		}
	}
}

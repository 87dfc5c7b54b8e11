package kpi_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func (l *ledger) export(tag lang.Tag, f kpi.Filter) ([][]string, string) {
	l.Helper()
	var b bytes.Buffer
	if err := kpi.WriteParticipation(context.Background(), l.db, &b, tag, f); err != nil {
		l.Fatal(err)
	}
	raw := b.String()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(raw, "\uFEFF"))).ReadAll()
	if err != nil {
		l.Fatalf("not a CSV: %v\n%s", err, raw)
	}
	return rows, raw
}

func TestParticipationExport(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	c := testkit.OpenChallenge(t, l.db, testkit.In(l.rows), testkit.InFujisawa())
	l.enter(c, l.team(team{`=HYPERLINK("x"), "Acme"`, "startup", "JP", false}), "submitted")
	l.enter(c, l.team(team{"Uni", "university", "ES", false}), "submitted")
	l.enter(c, l.team(team{"Trying", "startup", "ES", true}), "submitted")
	l.enter(c, l.team(team{"Slow", "startup", "ES", false}), "draft")
	rows, raw := l.export(lang.JA, kpi.Filter{Actor: authz.System})
	if !strings.HasPrefix(raw, "\xEF\xBB\xBF") || strings.Count(raw, "\r\n") != len(rows) || strings.Count(raw, "\n") != len(rows) {
		t.Fatalf("BOM or line ends: %q", raw)
	}
	if len(rows) != 4 || rows[0][1] != "チャレンジ" {
		t.Fatalf("%d rows: %v", len(rows), rows)
	}
	got := rows[1]
	want := []string{"コンテスト", "きれいな街 challenge", "藤沢市", "E-0001", `'=HYPERLINK("x"), "Acme"`, "スタートアップ", "JP", "日本", "Somewhere", "", "en", "'=f6s", "提出済み", got[13], "はい"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("column %s: %q, want %q", rows[0][i], got[i], want[i])
		}
	}
	if !strings.HasSuffix(got[13], "+09:00") {
		t.Errorf("submitted at %q is not in the city's zone", got[13])
	}
	if rows[2][14] != "いいえ" || rows[3][12] != "下書き" || rows[3][13] != "" {
		t.Errorf("university %v, draft %v", rows[2], rows[3])
	}
	testkit.Exec(t, l.db, `update challenges set opens_at = now() - interval '2 days', closes_at = now() - interval '1 day'`)
	if rows, _ := l.export(lang.EN, kpi.Filter{Actor: authz.System}); rows[1][9] != "Pilot" {
		t.Errorf("stage after the deadline: %q", rows[1][9])
	}
}

func TestExportOfARehearsalOnlyByName(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	c := testkit.OpenChallenge(t, l.db, testkit.In(l.rows))
	l.enter(c, l.team(team{"Trying", "startup", "ES", true}), "submitted")
	testkit.Exec(t, l.db, `update contests set rehearsal = true`)
	if rows, _ := l.export(lang.EN, kpi.Filter{Actor: authz.System}); len(rows) != 1 {
		t.Errorf("a rehearsal is in the export of all: %v", rows)
	}
	if rows, _ := l.export(lang.EN, kpi.Filter{Actor: authz.System, Contest: "contest"}); len(rows) != 2 || rows[1][14] != "no" {
		t.Errorf("the rehearsal by name: %v", rows)
	}
}

func TestExportIsForThoseWhoMay(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	c := testkit.OpenChallenge(t, l.db, testkit.In(l.rows))
	hidden := l.enter(c, l.team(team{"Friend", "startup", "ES", false}), "submitted")
	var b bytes.Buffer
	for who, actor := range map[string]authz.Actor{
		"an official":                  {PersonID: uuid.New(), Grants: []authz.Grant{{Role: authz.Official, Kind: authz.City, ID: l.rows.Santander}}},
		"a juror":                      {PersonID: uuid.New(), Grants: []authz.Grant{{Role: authz.Juror, Kind: authz.Contest, ID: l.rows.Contest}}},
		"a manager of another contest": {PersonID: uuid.New(), Grants: []authz.Grant{{Role: authz.Manager, Kind: authz.Contest, ID: uuid.New()}}},
	} {
		for _, contest := range []string{"", "contest"} {
			err := kpi.WriteParticipation(context.Background(), l.db, &b, lang.EN, kpi.Filter{Actor: actor, Contest: contest})
			if !errors.Is(err, fault.ErrNotFound) || b.Len() > 0 {
				t.Errorf("%s exports %q: %v", who, contest, err)
			}
		}
	}
	manager := authz.Actor{PersonID: admin.PersonID, Grants: []authz.Grant{{Role: authz.Manager, Kind: authz.Contest, ID: l.rows.Contest}}}
	if rows, _ := l.export(lang.EN, kpi.Filter{Actor: manager}); len(rows) != 2 {
		t.Errorf("the contest's manager gets %v", rows)
	}
	testkit.Exec(t, l.db, `insert into exclusions (person_id, entry_id, kind) values ($1, $2, 'conflict')`, admin.PersonID, hidden)
	if rows, _ := l.export(lang.EN, kpi.Filter{Actor: manager}); len(rows) != 1 {
		t.Errorf("with a conflict: %v", rows)
	}
}

package kpiapi_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fieldtrial/api"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/kpiapi"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// site serves the module; the token of a request names the actor.
func site(t *testing.T, db *database.DB, actors map[string]authz.Actor) *httptest.Server {
	t.Helper()
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	e, err := httpapi.New(httpapi.Config{Log: log, PublicURL: "http://localhost", Document: api.Document,
		Authenticate: func(_ context.Context, token string) (authz.Actor, error) {
			if a, ok := actors[token]; ok {
				return a, nil
			}
			return authz.Actor{}, fault.ErrSignIn
		}}, kpiapi.Module(db, kpi.New(db), log))
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(e)
	t.Cleanup(s.Close)
	return s
}

func ask(t *testing.T, s *httptest.Server, token, method, path, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

func prepare(t *testing.T) (*httptest.Server, testkit.ChallengeRows, *database.DB) {
	t.Helper()
	db := testkit.DB(t)
	c := testkit.OpenChallenge(t, db)
	group := testkit.NewID()
	testkit.Exec(t, db, `insert into target_groups (id, programme_id, slug, name, position) values ($1,$2,'innovators','{"en":"Innovators"}',1)`, group, c.ID)
	err := db.InTx(t.Context(), func(tx database.Tx) error {
		return kpi.Define(tx, []kpi.Definition{{Programme: c.ID, TargetGroup: "innovators", Slug: "contest-startups", Op: "gt", Target: 20,
			CountedBy: kpi.ContestStartups, Name: lang.Text{lang.EN: "Startups"}, Unit: map[lang.Tag]map[string]string{lang.JA: {"other": "組"}}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	team, entry, sub := testkit.NewID(), testkit.NewID(), testkit.NewID()
	testkit.Exec(t, db, `insert into teams (id, name, kind, country) values ($1,'ミライ','startup','JP')`, team)
	testkit.Exec(t, db, `insert into entries (id, challenge_id, team_id, reference, language, state) values ($1,$2,$3,'E-1','ja','submitted')`, entry, c.Challenge, team)
	testkit.Exec(t, db, `insert into submissions (id, entry_id, number, answers, files, leaf_id, submitted_at) values ($1,$2,1,'{}','[]',0,now())`, sub, entry)
	testkit.Exec(t, db, `update entries set last_submission_id = $1`, sub)
	actors := map[string]authz.Actor{
		"admin":    testkit.Person(t, db, "Ada", authz.Grant{Role: authz.Admin, Kind: authz.Installation}),
		"auditor":  testkit.Person(t, db, "Aud", authz.Grant{Role: authz.Auditor, Kind: authz.Contest, ID: c.Contest}),
		"official": testkit.Person(t, db, "Ofi", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.Santander}),
	}
	return site(t, db, actors), c, db
}

func TestLedgerByTheAPI(t *testing.T) {
	t.Parallel()
	s, _, _ := prepare(t)
	res, body := ask(t, s, "admin", "GET", "/kpi", "")
	var board common.KpiBoard
	if err := json.Unmarshal([]byte(body), &board); err != nil || res.StatusCode != 200 {
		t.Fatal(res.Status, body)
	}
	i := board.Groups[0].Indicators[0]
	if *i.Counted != 1 || !i.Provisional || i.Status != "below" || i.Op != "gt" || board.Programme.Month != 20 || len(i.Series) != 20 || (*i.Unit.Ja)["other"] != "組" {
		t.Fatalf("%+v", board)
	}
	today := time.Now().UTC().Format(time.DateOnly)
	form := `{"measuredOn":"` + today + `","value":20,"evidence":"list"}`
	res, first := ask(t, s, "admin", "POST", "/kpi/contest-startups/measurements", form, "Idempotency-Key", "one")
	if res.StatusCode != 201 {
		t.Fatal(res.Status, first)
	}
	if res, again := ask(t, s, "admin", "POST", "/kpi/contest-startups/measurements", form, "Idempotency-Key", "one"); res.StatusCode != 201 || again != first {
		t.Fatal("repeated:", res.Status, again)
	}
	_, body = ask(t, s, "admin", "GET", "/kpi/contest-startups", "")
	var d common.KpiDetail
	if err := json.Unmarshal([]byte(body), &d); err != nil || *d.Indicator.Value != 21 || d.Indicator.Status != "reached" || len(d.Measurements) != 1 || *d.Rows.Items[0].Team != "ミライ" {
		t.Fatal(err, body)
	}
	if res, body := ask(t, s, "admin", "DELETE", "/measurements/"+d.Measurements[0].Id.String(), ""); res.StatusCode != 204 {
		t.Fatal(res.Status, body)
	}
	res, body = ask(t, s, "admin", "DELETE", "/measurements/"+d.Measurements[0].Id.String(), "")
	if res.StatusCode != 409 || !strings.Contains(body, "kpi.measurement_withdrawn") {
		t.Fatal(res.Status, body)
	}
}

func TestTheExportIsAFile(t *testing.T) {
	t.Parallel()
	s, _, _ := prepare(t)
	res, body := ask(t, s, "admin", "GET", "/exports/participation.csv?contest=contest&lang=ja", "")
	if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/csv") || !strings.HasPrefix(body, "\xEF\xBB\xBFコンテスト,") || !strings.Contains(body, "ミライ") {
		t.Fatal(res.Status, res.Header, body)
	}
	kind, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	if err != nil || kind != "attachment" || !strings.HasPrefix(params["filename"], "参加状況-contest-") {
		t.Fatal(kind, params, err)
	}
}

func TestWhoMayNotGetsAProblem(t *testing.T) {
	t.Parallel()
	s, _, _ := prepare(t)
	for _, c := range []struct {
		token, method, path, body string
		status                    int
	}{
		{"official", "GET", "/kpi", "", 404},
		{"official", "GET", "/exports/participation.csv", "", 404},
		{"auditor", "GET", "/kpi", "", 200},
		{"auditor", "GET", "/exports/participation.csv", "", 403},
		{"auditor", "POST", "/kpi/contest-startups/measurements", `{"measuredOn":"2026-01-01","value":1,"evidence":"e"}`, 403},
		{"nobody", "GET", "/kpi", "", 401},
		{"admin", "GET", "/exports/participation.csv?contest=nothing", "", 404},
		{"admin", "GET", "/kpi/nothing", "", 404},
		{"admin", "GET", "/kpi/contest-startups?verdict=x", "", 422},
		{"admin", "GET", "/kpi/contest-startups?cursor=x", "", 422},
		{"admin", "POST", "/kpi/contest-startups/measurements", `{"measuredOn":"2999-01-01","value":1,"evidence":"e"}`, 422},
		{"admin", "POST", "/kpi/contest-startups/measurements", `{"measuredOn":"2026-13-01","value":1,"evidence":"e"}`, 422},
		{"admin", "POST", "/kpi/contest-startups/measurements", `{}`, 422},
	} {
		res, body := ask(t, s, c.token, c.method, c.path, c.body)
		if res.StatusCode != c.status {
			t.Errorf("%s %s %s: %s %s", c.token, c.method, c.path, res.Status, body)
		}
		if c.status >= 400 && res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %s", c.method, c.path, res.Header.Get("Content-Type"))
		}
	}
}

package contestapi_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/api"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/cityapi"
	"fieldtrial/internal/httpapi/contestapi"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/testkit"
)

type site struct {
	t   *testing.T
	db  *database.DB
	url string
}

func newSite(t *testing.T) site {
	t.Helper()
	db := testkit.DB(t)
	e, err := httpapi.New(httpapi.Config{Log: slog.New(slog.DiscardHandler), PublicURL: "http://localhost", Document: api.Document,
		Authenticate: func(ctx context.Context, token string) (authz.Actor, error) {
			person, session, _ := strings.Cut(token, "/")
			a, open, err := authz.Load(ctx, db.Pool(), uuid.MustParse(person), uuid.MustParse(session))
			if err == nil && !open {
				err = fault.ErrSignIn
			}
			return a, err
		}}, contestapi.Module(contest.NewService(db), "https://trial.example/"), cityapi.Module(db, city.NewService(db)))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(e)
	t.Cleanup(srv.Close)
	return site{t, db, srv.URL}
}

type reply struct {
	status int
	header http.Header
	body   string
}

func (s site) ask(who authz.Actor, method, path, body string, headers ...string) reply {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if who.SignedIn() {
		req.Header.Set("Authorization", "Bearer "+who.PersonID.String()+"/"+who.SessionID.String())
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, _ := io.ReadAll(res.Body)
	return reply{res.StatusCode, res.Header, string(b)}
}

func as[T any](t *testing.T, r reply, status int) T {
	t.Helper()
	var v T
	if r.status != status {
		t.Fatalf("status %d, want %d: %s", r.status, status, r.body)
	}
	if err := json.Unmarshal([]byte(r.body), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

var nobody authz.Actor

func TestPublicChallengeIsAskedForAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := testkit.OpenChallenge(t, s.db, testkit.InFujisawa())
	for _, path := range []string{"/challenges?lang=es", "/challenges/" + c.Slug + "?lang=es"} {
		r := s.ask(nobody, "GET", path, "")
		tag := r.header.Get("ETag")
		if r.status != 200 || r.header.Get("Cache-Control") != "no-cache" || len(tag) < 10 {
			t.Errorf("%s: %d %v", path, r.status, r.header)
		}
		if again := s.ask(nobody, "GET", path, "", "If-None-Match", `"x", W/`+tag); again.status != 304 || again.body != "" || again.header.Get("ETag") != tag {
			t.Errorf("%s again: %d %q", path, again.status, again.body)
		}
		testkit.Exec(t, s.db, `update challenge_texts set title = title || '!'`)
		if changed := s.ask(nobody, "GET", path, "", "If-None-Match", tag); changed.status != 200 || changed.header.Get("ETag") == tag {
			t.Errorf("%s changed: %d", path, changed.status)
		}
	}
	d := as[common.ChallengeDetail](t, s.ask(nobody, "GET", "/challenges/"+c.Slug+"?lang=es", ""), 200)
	if !d.TranslationPending || d.Lang != "ja" || len(d.Languages) != 1 || len(d.Sections) != 7 || d.Sections[0].Html != "<p><strong>きれいな街 challenge</strong></p>" ||
		d.Sections[0].Label.Text != "El problema" || d.Sections[0].Label.Lang != "es" || len(d.Criteria) != 3 || d.Criteria[0].Anchors[5].Text != "Puntos 5" ||
		len(d.Testbeds) != 1 || len(d.Testbeds[0].Slots) != 1 || d.Testbeds[0].Name.Lang != "en" || len(d.Prizes) != 2 || len(d.Form) != 6 ||
		d.TimeZone != "Asia/Tokyo" || d.Phase != "open" || len(d.AllowedActions) != 0 || len(d.Timeline) != 6 || !d.Timeline[1].Done || d.Timeline[2].Done {
		t.Errorf("detail %+v", d)
	}
	member := testkit.Person(t, s.db, "Member")
	if d := as[common.ChallengeDetail](t, s.ask(member, "GET", "/challenges/"+c.Slug, ""), 200); strings.Join(d.AllowedActions, " ") != "entry.create" {
		t.Errorf("a member may %v", d.AllowedActions)
	}
}

func TestDraftsDoNotExistForOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := testkit.OpenChallenge(t, s.db, testkit.AsDraft())
	official := testkit.Person(t, s.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.Santander})
	other := testkit.Person(t, s.db, "Other", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.Fujisawa})
	absent := s.ask(nobody, "GET", "/challenges/there-is-none", "")
	for _, path := range []string{"/challenges/" + c.Slug, "/challenges/" + c.Slug + "/deadline.ics"} {
		for _, who := range []authz.Actor{nobody, official} {
			if r := s.ask(who, "GET", path, ""); r.status != 404 || r.body != absent.body {
				t.Errorf("%s: %d %s", path, r.status, r.body)
			}
		}
	}
	managed := "/manage/challenges/" + c.Challenge.String()
	for _, path := range []string{managed, managed + "/preview"} {
		if r := s.ask(official, "GET", path, ""); r.status != 200 {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
		if r := s.ask(other, "GET", path, ""); r.status != 404 || r.body != absent.body {
			t.Errorf("%s by another city: %d %s", path, r.status, r.body)
		}
		if r := s.ask(nobody, "GET", path, ""); r.status != 401 {
			t.Errorf("%s by nobody: %d", path, r.status)
		}
	}
	if l := as[common.ChallengeList](t, s.ask(official, "GET", "/challenges?status=all", ""), 200); l.Total != 0 {
		t.Errorf("the public list has %d", l.Total)
	}
	if r := s.ask(nobody, "GET", "/challenges?status=secret", ""); r.status != 422 {
		t.Errorf("unknown status: %d", r.status)
	}
}

func TestPreviewEqualsPublication(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := testkit.OpenChallenge(t, s.db)
	official := testkit.Person(t, s.db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.Santander})
	public := as[common.ChallengeDetail](t, s.ask(official, "GET", "/challenges/"+c.Slug+"?lang=ja", ""), 200)
	preview := as[common.ChallengeDetail](t, s.ask(official, "GET", "/manage/challenges/"+c.Challenge.String()+"/preview?lang=ja", ""), 200)
	public.ServerTime, preview.ServerTime = time.Time{}, time.Time{}
	a, _ := json.Marshal(public)
	b, _ := json.Marshal(preview)
	if string(a) != string(b) {
		t.Errorf("preview\n%s\npublication\n%s", b, a)
	}
}

func TestDeadlineForCalendars(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := testkit.OpenChallenge(t, s.db, testkit.InFujisawa())
	testkit.Exec(t, s.db, `update challenges set closes_at = '2030-01-02T03:04:05Z', judging_ends_at = '2030-02-01', results_at = '2030-03-01'`)
	testkit.Exec(t, s.db, `update challenge_texts set title = $1`, `ごみ; 袋, 100\ と、とても長い題名で行を折り返す必要があるもの`)
	r := s.ask(nobody, "GET", "/challenges/"+c.Slug+"/deadline.ics?lang=ja", "")
	if r.status != 200 || !strings.HasPrefix(r.header.Get("Content-Type"), "text/calendar") || r.header.Get("Content-Disposition") != `attachment; filename="challenge.ics"` {
		t.Errorf("%d %v", r.status, r.header)
	}
	for _, l := range strings.Split(r.body, "\r\n") {
		if len(l) > 75 || strings.Contains(l, "\n") {
			t.Errorf("line of %d bytes: %q", len(l), l)
		}
	}
	whole := strings.ReplaceAll(r.body, "\r\n ", "")
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "\r\nDTSTART:20300102T030405Z\r\n", "\r\nUID:" + c.Challenge.String() + "@fieldtrial\r\n",
		`SUMMARY;LANGUAGE=ja:締切：ごみ\; 袋\, 100\\ と、`, "\r\nURL:https://trial.example/ja/challenges/challenge\r\n", "END:VEVENT\r\nEND:VCALENDAR\r\n"} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is not in\n%s", want, whole)
		}
	}
}

func TestFromTemplateToPublication(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := testkit.Programme(t, s.db)
	role := authz.Grant{Role: authz.Official, Kind: authz.City, ID: p.Fujisawa}
	author, second := testkit.Person(t, s.db, "Author", role), testkit.Person(t, s.db, "Second", role)
	start := `{"contestId":"` + p.Contest.String() + `","leadCityId":"` + p.Fujisawa.String() + `","title":"ごみ","testbedIds":["` + p.TestbedJP.String() + `"]}`
	created := s.ask(author, "POST", "/manage/challenges", start, "Idempotency-Key", "once")
	m := as[common.ManagedChallenge](t, created, 201)
	if again := as[common.ManagedChallenge](t, s.ask(author, "POST", "/manage/challenges", start, "Idempotency-Key", "once"), 201); again.Id != m.Id {
		t.Error("a repeat starts another challenge")
	}
	if m.State != "draft" || m.Next != "write" || created.header.Get("ETag") != `"1"` || len(m.Texts) != 3 || m.Texts[2].Version != 1 || m.Texts[0].Version != 0 {
		t.Errorf("created %+v", m)
	}
	at := "/manage/challenges/" + m.Id.String()
	text := `{"title":"ごみを数える","summary":"概要","problem":"a","context":"b","success":"c","resources":"d","eligibility":"e","demonstration":"f","terms":"g"}`
	if r := s.ask(author, "PUT", at+"/texts/ja", text, "If-Match", `"0"`); r.status != 412 {
		t.Errorf("stale text: %d", r.status)
	}
	if r := s.ask(author, "PUT", at+"/texts/ja", text, "If-Match", `"1"`); r.status != 200 || r.header.Get("ETag") != `"2"` {
		t.Errorf("text: %d %s", r.status, r.body)
	}
	if r := s.ask(author, "PATCH", at, `{"slug":"count-the-bags","tags":["waste"]}`, "If-Match", `"1"`); r.status != 200 || r.header.Get("ETag") != `"2"` {
		t.Errorf("settings: %d %s", r.status, r.body)
	}
	m = as[common.ManagedChallenge](t, s.ask(author, "GET", at, ""), 200)
	m.Criteria[0].Weight -= 10
	body, _ := json.Marshal(common.CriteriaChange{Criteria: m.Criteria})
	m = as[common.ManagedChallenge](t, s.ask(author, "PUT", at+"/criteria", string(body), "If-Match", `"2"`), 200)
	if len(m.Missing) != 2 || m.Missing[0].Code != "weights_sum" || m.Missing[1].Pointer != "/termsTemplate" {
		t.Errorf("missing %+v", m.Missing)
	}
	testkit.Exec(t, s.db, `update challenges set terms_template = 'startup-keeps' where id = $1`, m.Id)
	problem := as[common.Problem](t, s.ask(author, "POST", at+"/send", ""), 422)
	if problem.Code != "challenge.incomplete" || len(*problem.Errors) != 1 {
		t.Errorf("incomplete: %+v", problem)
	}
	m.Criteria[0].Weight += 10
	body, _ = json.Marshal(common.CriteriaChange{Criteria: m.Criteria})
	m = as[common.ManagedChallenge](t, s.ask(author, "PUT", at+"/criteria", string(body), "If-Match", `"3"`), 200)
	m = as[common.ManagedChallenge](t, s.ask(author, "POST", at+"/send", ""), 200)
	if m.State != "sent" || strings.Contains(strings.Join(m.AllowedActions, " "), "challenge.approve") {
		t.Errorf("sent %+v", m.AllowedActions)
	}
	if own := as[common.Problem](t, s.ask(author, "POST", at+"/approve", ""), 403); own.Code != "challenge.own_approval" {
		t.Errorf("own approval: %+v", own)
	}
	as[common.ManagedChallenge](t, s.ask(second, "POST", at+"/approve", ""), 200)
	m = as[common.ManagedChallenge](t, s.ask(author, "POST", at+"/publish", ""), 200)
	if m.State != "published" || m.Phase != "open" || len(m.Acts) != 3 {
		t.Errorf("published %+v", m)
	}
	if d := as[common.ChallengeDetail](t, s.ask(nobody, "GET", "/challenges/count-the-bags?lang=en", ""), 200); d.Title != "ごみを数える" || !d.TranslationPending {
		t.Errorf("public %+v", d)
	}
	list := as[common.ManagedChallengeList](t, s.ask(author, "GET", "/manage/challenges?state=published", ""), 200)
	if len(list.Items) != 1 || list.Items[0].Next != "wait_deadline" || len(list.Items[0].Pending) != 2 {
		t.Errorf("list %+v", list)
	}
}

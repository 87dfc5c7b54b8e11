package rulesapi_test

import (
	"context"
	"encoding/json"
	"fmt"
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
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/httpapi/questionsapi"
	"fieldtrial/internal/httpapi/rulesapi"
	"fieldtrial/internal/question"
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
		}}, rulesapi.Module(contest.NewService(db)), questionsapi.Module(question.New(db)))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(e)
	t.Cleanup(srv.Close)
	return site{t, db, srv.URL}
}

func (s site) ask(who authz.Actor, method, path, body string, status int, headers ...string) string {
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
	if res.StatusCode != status {
		s.t.Fatalf("%s %s: %d, want %d: %s", method, path, res.StatusCode, status, b)
	}
	return string(b)
}

func as[T any](t *testing.T, body string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return v
}

func TestRulesFromDraftToAcceptance(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := testkit.OpenChallenge(t, s.db)
	official := testkit.Person(t, s.db, "Oficial", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.City})
	manager := testkit.Person(t, s.db, "Manager", authz.Grant{Role: authz.Manager, Kind: authz.Installation})
	team := testkit.Entered(t, s.db, c, "Team")
	at := "/manage/challenges/" + c.Challenge.String()
	draft := `{"reason":{"es":"Faltaba."},"text":{"sections":{"title":"El aire","summary":"Breve.","problem":"p","context":"c","success":"s","resources":"r","eligibility":"e","demonstration":"d","terms":"Nuevas **condiciones**."}}}`

	s.ask(authz.Actor{}, "GET", at+"/rules", "", 401)
	s.ask(team.Owner, "GET", at+"/rules", "", 404)
	s.ask(manager, "PUT", at+"/rules/draft", draft, 403, "If-Match", `"0"`)
	s.ask(manager, "POST", at+"/extend", `{"dates":{},"reason":{}}`, 403)
	s.ask(team.Owner, "POST", at+"/rules/publish", `{"version":1}`, 404)
	s.ask(official, "PUT", at+"/rules/draft", draft, 412, "If-Match", `"4"`)
	desk := as[common.RulesDesk](t, s.ask(official, "PUT", at+"/rules/draft", draft, 200, "If-Match", `"0"`))
	if desk.DraftVersion != 1 || desk.Entries != 1 || len(desk.Missing) != 0 || len(desk.Changes) == 0 {
		t.Errorf("%+v", desk)
	}
	if public := s.ask(authz.Actor{}, "GET", "/challenges/"+c.Slug+"/versions?lang=en", "", 200); strings.Contains(public, "Nuevas") || as[common.RulesVersionList](t, public).InForce != 1 {
		t.Errorf("the draft is public: %s", public)
	}
	desk = as[common.RulesDesk](t, s.ask(official, "POST", at+"/rules/publish", `{"version":1}`, 200, "Idempotency-Key", "once"))
	again := as[common.RulesDesk](t, s.ask(official, "POST", at+"/rules/publish", `{"version":1}`, 200, "Idempotency-Key", "once"))
	if desk.Standing != 2 || again.Standing != 2 || desk.DraftVersion != 0 {
		t.Errorf("standing %d, then %d", desk.Standing, again.Standing)
	}
	list := as[common.RulesVersionList](t, s.ask(authz.Actor{}, "GET", "/challenges/"+c.Slug+"/versions?lang=ja", "", 200))
	if list.InForce != 2 || list.Items[0].Reason == nil || list.Items[0].Reason.Lang != "es" || list.TimeZone != "Europe/Madrid" || list.Items[1].Kind != "published" {
		t.Errorf("%+v", list)
	}
	to := desk.Dates.ClosesAt.Add(time.Hour).Format(time.RFC3339Nano)
	desk = as[common.RulesDesk](t, s.ask(official, "POST", at+"/extend", fmt.Sprintf(`{"dates":{"closesAt":%q},"reason":{"es":"Más tiempo."}}`, to), 200))
	if desk.Standing != 3 || desk.Versions[0].Kind != "extended" {
		t.Errorf("%+v", desk.Versions[0])
	}

	rules := "/entries/" + team.Entry.String() + "/rules"
	s.ask(official, "GET", rules, "", 404)
	mine := as[common.EntryRules](t, s.ask(team.Owner, "GET", rules, "", 200))
	if !mine.MustAccept || mine.InForce != 3 || len(mine.Newer) != 2 || mine.SubmittedUnder != 1 || len(mine.AllowedActions) != 1 {
		t.Errorf("%+v", mine)
	}
	s.ask(official, "POST", rules+"/accept", `{"version":3}`, 404)
	s.ask(team.Owner, "POST", rules+"/accept", `{"version":2}`, 409)
	if mine = as[common.EntryRules](t, s.ask(team.Owner, "POST", rules+"/accept", `{"version":3}`, 200)); mine.MustAccept || mine.Accepted != 3 {
		t.Errorf("%+v", mine)
	}
	numbers := as[common.AcceptanceList](t, s.ask(official, "GET", at+"/acceptances", "", 200))
	if numbers.Items != nil || len(numbers.Counts) != 1 || numbers.Counts[0].Version != 1 {
		t.Errorf("before the deadline: %+v", numbers)
	}
	s.ask(team.Owner, "GET", at+"/acceptances", "", 404)
}

func TestQuestionsNeverNameWhoAsked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := testkit.OpenChallenge(t, s.db)
	official := testkit.Person(t, s.db, "Oficial", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.City})
	asker, other := testkit.Person(t, s.db, "Curious Asker"), testkit.Person(t, s.db, "Other Person")
	board := "/challenges/" + c.Slug + "/questions"
	s.ask(authz.Actor{}, "POST", board, `{"text":"x","lang":"en"}`, 401)
	s.ask(asker, "POST", board, `{"text":"","lang":"en"}`, 422)
	q := as[common.Question](t, s.ask(asker, "POST", board, `{"text":"May we borrow <b>sensors</b>?","lang":"en"}`, 201))
	secret := as[common.Question](t, s.ask(asker, "POST", board, `{"text":"A private matter","lang":"en"}`, 201))
	desk := "/manage/challenges/" + c.Challenge.String() + "/questions"
	s.ask(asker, "GET", desk, "", 404)
	if got := s.ask(official, "GET", desk, "", 200); !strings.Contains(got, "Curious Asker") {
		t.Error("the officials do not see who asked")
	}
	one := "/manage/questions/" + q.Id.String()
	s.ask(other, "PUT", one+"/answer", `{"text":"x","lang":"es","public":true}`, 404, "If-Match", `"1"`)
	s.ask(official, "PUT", one+"/answer", `{"text":"Sí <script>alert(1)</script> [x](javascript:alert(1))","lang":"es","public":true}`, 200, "If-Match", `"1"`)
	s.ask(official, "PUT", "/manage/questions/"+secret.Id.String()+"/answer", `{"text":"Entre nosotros","lang":"es","public":false}`, 200, "If-Match", `"1"`)
	for name, who := range map[string]authz.Actor{"nobody": {}, "another member": other, "the official": official, "the asker": asker} {
		for _, path := range []string{board, board + "?q=asker", board + "?q=entre", board + "?q=private"} {
			got := s.ask(who, "GET", path, "", 200)
			if strings.Contains(got, "Asker") || strings.Contains(got, asker.PersonID.String()) || strings.Contains(got, "private matter") || strings.Contains(got, "nosotros") {
				t.Errorf("%s at %s: %s", name, path, got)
			}
			if strings.Contains(got, "<script") || strings.Contains(got, "javascript:") || strings.Contains(got, "\\u003cscript") {
				t.Errorf("unsafe HTML: %s", got)
			}
		}
	}
	mine := as[common.MyQuestions](t, s.ask(asker, "GET", "/challenges/"+c.Slug+"/my-questions", "", 200))
	if len(mine.Items) != 2 || mine.Items[0].AnswerHtml == nil {
		t.Errorf("%+v", mine)
	}
	if got := s.ask(other, "GET", "/challenges/"+c.Slug+"/my-questions", "", 200); strings.Contains(got, "private") {
		t.Errorf("another's questions: %s", got)
	}
	s.ask(official, "POST", one+"/hide", `{"reason":"Names a person."}`, 200, "If-Match", `"2"`)
	if got := as[common.QuestionBoard](t, s.ask(authz.Actor{}, "GET", board, "", 200)); got.Total != 0 || len(got.Items) != 0 {
		t.Errorf("hidden and shown: %+v", got)
	}
	s.ask(official, "POST", one+"/show", "", 200, "If-Match", `"3"`)
	s.ask(other, "PUT", "/manage/challenges/"+c.Challenge.String()+"/question-closing", `{"closesAt":null}`, 404)
	past := time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)
	s.ask(official, "PUT", "/manage/challenges/"+c.Challenge.String()+"/question-closing", `{"closesAt":"`+past+`"}`, 204)
	s.ask(other, "POST", board, `{"text":"Too late?","lang":"en"}`, 409)
}

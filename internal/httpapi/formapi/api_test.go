package formapi_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/api"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/formapi"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/testkit"
)

// One form over HTTP: read with its version, changed over it, refused over an older one, and with
// the field named that is wrong.
func TestFormOverHTTP(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	rows := testkit.OpenChallenge(t, db, testkit.AsDraft())
	official := testkit.Person(t, db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: rows.City})
	e, err := httpapi.New(httpapi.Config{Log: slog.New(slog.DiscardHandler), PublicURL: "http://localhost", Document: api.Document,
		Authenticate: func(ctx context.Context, token string) (authz.Actor, error) {
			person, session, _ := strings.Cut(token, "/")
			a, open, err := authz.Load(ctx, db.Pool(), uuid.MustParse(person), uuid.MustParse(session))
			if err == nil && !open {
				err = fault.ErrSignIn
			}
			return a, err
		}}, formapi.Module(contest.NewService(db), entry.New(db, nil, nil, entry.Config{LinkKey: make([]byte, 32)})))
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(e)
	t.Cleanup(site.Close)
	ask := func(method, body, match string) (int, string, string) {
		req, err := http.NewRequestWithContext(t.Context(), method, site.URL+"/api/v1/manage/challenges/"+rows.Challenge.String()+"/form", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+official.PersonID.String()+"/"+official.SessionID.String())
		if body != "" {
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("If-Match", match)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, res.Header.Get("ETag"), string(b)
	}

	status, tag, body := ask("GET", "", "")
	var draft common.FormDraft
	if err := json.Unmarshal([]byte(body), &draft); err != nil || status != 200 || tag != `"1"` || !draft.Editable || len(draft.Fields) != 6 {
		t.Fatalf("%d %s %v %s", status, tag, err, body)
	}
	change := common.FormChange{Sections: draft.Sections, Fields: draft.Fields}
	send := func() string {
		b, err := json.Marshal(change)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	// The bench's labels are English only, and the challenge is written in Spanish.
	status, _, body = ask("PUT", send(), tag)
	if status != 422 || !strings.Contains(body, `"/fields/0/label/es"`) || !strings.Contains(body, `"required"`) {
		t.Errorf("labels in another language only: %d %s", status, body)
	}
	text := "Texto"
	for i := range change.Sections {
		change.Sections[i].Label.Es = &text
	}
	for i := range change.Fields {
		change.Fields[i].Label.Es = &text
		for j := range change.Fields[i].Options {
			change.Fields[i].Options[j].Label.Es = &text
		}
	}
	max := 12.5
	change.Fields = append(change.Fields, common.FormField{Key: "n", Section: change.Sections[0].Key, Kind: "number", Max: &max, JurySees: true,
		Label: common.LocalText{Es: &text}, Accept: []common.FileFamily{}, Options: []common.FormOption{}})
	status, after, body := ask("PUT", send(), tag)
	if status != 200 || after != `"2"` || !strings.Contains(body, `"max":12.5`) {
		t.Errorf("saved: %d %s %s", status, after, body)
	}
	if status, _, _ = ask("PUT", send(), tag); status != 412 {
		t.Errorf("over an older version: %d", status)
	}
	change.Fields[0].Kind = "colour"
	if status, _, body = ask("PUT", send(), after); status != 422 && status != 400 {
		t.Errorf("a kind that is not in the contract: %d %s", status, body)
	}
}

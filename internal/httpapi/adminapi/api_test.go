package adminapi_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fieldtrial/api"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/adminapi"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/testkit"
)

type caller func(token, method, path string, status int, into any) string

func prepare(t *testing.T) (*database.DB, caller) {
	t.Helper()
	db := testkit.DB(t)
	board, err := jobs.NewBoard(db)
	if err != nil {
		t.Fatal(err)
	}
	actors := map[string]authz.Actor{
		"admin":   testkit.Person(t, db, "Ada", authz.Grant{Role: authz.Admin, Kind: authz.Installation}),
		"manager": testkit.Person(t, db, "Manu", authz.Grant{Role: authz.Manager, Kind: authz.Installation}),
		"member":  testkit.Person(t, db, "Mia"),
	}
	e, err := httpapi.New(httpapi.Config{Log: slog.New(slog.DiscardHandler), PublicURL: "http://localhost", Document: api.Document,
		Authenticate: func(_ context.Context, token string) (authz.Actor, error) {
			if a, ok := actors[token]; ok {
				return a, nil
			}
			return authz.Actor{}, fault.ErrSignIn
		}}, adminapi.Module(&notify.Outbox{DB: db, PublicURL: "http://localhost:8080"}, board))
	if err != nil {
		t.Fatal(err)
	}
	return db, func(token, method, path string, status int, into any) string {
		t.Helper()
		w, r := httptest.NewRecorder(), httptest.NewRequest(method, "/api/v1"+path, nil)
		r.Header.Set("Authorization", "Bearer "+token)
		e.ServeHTTP(w, r)
		if w.Code != status {
			t.Fatalf("%s %s %s: %d %s", token, method, path, w.Code, w.Body)
		}
		if into != nil {
			if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
				t.Fatal(err)
			}
		}
		return w.Body.String()
	}
}

func TestOutboxByTheAPI(t *testing.T) {
	t.Parallel()
	db, call := prepare(t)
	err := db.InTx(t.Context(), func(tx database.Tx) error {
		n := notify.Notice{Kind: "entry-withdrawn", To: notify.Address{Email: "ichiro@example.org", Language: lang.JA}, Params: notify.Params{
			"team": "ミライ", "challenge": lang.Text{lang.JA: "きれいな街"}, "reference": "E-1001", "url": notify.Link("/my/entries/1"),
			"closes": notify.Moment{At: time.Now(), Zone: "Asia/Tokyo"},
		}}
		return notify.Send(tx, n)
	})
	if err != nil {
		t.Fatal(err)
	}
	var list common.NoticeList
	call("manager", "GET", "/admin/notices?state=queued&q=ichiro", 200, &list)
	if len(list.Items) != 1 || list.Items[0].Kind != "entry-withdrawn" || list.Items[0].Language != "ja" || len(list.Counts) != 5 || list.Counts[1].Count != 1 {
		t.Fatalf("%+v", list)
	}
	at := "/admin/notices/" + list.Items[0].Id.String()
	var d common.NoticeDetail
	call("admin", "GET", at, 200, &d)
	if !strings.Contains(d.Subject+d.Text, "E-1001") || !strings.Contains(d.Text, "http://localhost:8080/ja/my/entries/1") {
		t.Fatalf("%+v", d)
	}
	var n common.Notice
	call("admin", "POST", at+"/cancel", 200, &n)
	if n.State != "cancelled" || len(n.AllowedActions) != 1 || n.AllowedActions[0] != "retry" {
		t.Fatalf("%+v", n)
	}
	if body := call("admin", "POST", at+"/cancel", 409, nil); !strings.Contains(body, "notice.not_cancellable") {
		t.Fatal(body)
	}
	call("admin", "POST", at+"/retry", 200, &n)
	if n.State != "queued" {
		t.Fatalf("%+v", n)
	}
	call("member", "GET", "/admin/notices", 404, nil)
	call("member", "GET", at, 404, nil)
	call("member", "POST", at+"/retry", 404, nil)
	call("admin", "GET", "/admin/notices/"+testkit.NewID().String(), 404, nil)
	call("admin", "GET", "/admin/notices?state=lost", 422, nil)
	call("nobody", "GET", "/admin/notices", 401, nil)
}

func TestJobsByTheAPI(t *testing.T) {
	t.Parallel()
	db, call := prepare(t)
	err := db.InTx(t.Context(), func(tx database.Tx) error { return jobs.Enqueue(tx, notify.DeliverArgs{Notice: testkit.NewID()}) })
	if err != nil {
		t.Fatal(err)
	}
	var list common.JobList
	body := call("admin", "GET", "/admin/jobs?kind=notify.deliver&state=available", 200, &list)
	if len(list.Items) != 1 || list.Items[0].State != "available" || len(list.Counts) != 1 || len(list.Items[0].AllowedActions) != 1 {
		t.Fatal(body)
	}
	var j common.Job
	call("admin", "POST", "/admin/jobs/1/cancel", 200, &j)
	if j.State != "cancelled" || j.FinishedAt == nil {
		t.Fatalf("%+v", j)
	}
	call("admin", "POST", "/admin/jobs/1/retry", 200, &j)
	if j.State != "available" {
		t.Fatalf("%+v", j)
	}
	call("admin", "POST", "/admin/jobs/99/retry", 404, nil)
	call("admin", "POST", "/admin/jobs/x/retry", 404, nil)
	call("manager", "GET", "/admin/jobs", 404, nil)
	call("manager", "POST", "/admin/jobs/1/cancel", 404, nil)
}

package entryapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/api"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/entrantapi"
	"fieldtrial/internal/httpapi/entryapi"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/httpapi/teamapi"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/team"
	"fieldtrial/internal/testkit"
)

func TestMain(m *testing.M) {
	embedded.RunS3Child()
	os.Exit(m.Run())
}

// site is the whole HTTP side of the entry room on real parts. A token is a person's id and
// session.
type site struct {
	*httptest.Server
	t       *testing.T
	db      *database.DB
	entries *entry.Service
	c       testkit.ChallengeRows
}

func newSite(t *testing.T) *site {
	t.Helper()
	db := testkit.DB(t)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s3, err := embedded.StartS3(ctx, embedded.S3Config{Dir: t.TempDir()})
	must(t, err)
	t.Cleanup(s3.Stop)
	store, err := objstore.Open(objstore.Config{Socket: s3.Socket(), AccessKey: s3.AccessKey(), SecretKey: s3.SecretKey(), Bucket: "files", Syncer: s3})
	must(t, err)
	must(t, store.EnsureBucket(ctx))
	s := &site{t: t, db: db, c: testkit.OpenChallenge(t, db)}
	s.entries = entry.New(db, store, nil, entry.Config{LinkKey: bytes.Repeat([]byte("k"), 32), OpenUnscanned: true})
	document := api.Document
	e, err := httpapi.New(httpapi.Config{Log: slog.New(slog.DiscardHandler), PublicURL: "http://localhost", Document: document,
		Authenticate: func(ctx context.Context, token string) (authz.Actor, error) {
			person, session, _ := strings.Cut(token, "/")
			a, open, err := authz.Load(ctx, db.Pool(), uuid.MustParse(person), uuid.MustParse(session))
			if err == nil && !open {
				err = fault.ErrSignIn
			}
			return a, err
		}}, entryapi.Module(s.entries), teamapi.Module(team.New(db)), entrantapi.Module(s.entries))
	must(t, err)
	entryapi.Files(s.entries)(e)
	mux := http.NewServeMux()
	mux.Handle(store.Path(), store.Proxy())
	mux.HandleFunc("/frame", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self'")
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprintf(w, `<!doctype html><title>frame</title><h1>Ours</h1><iframe src="%s" width="800" height="600"></iframe><img src="/late">`, r.URL.Query().Get("u"))
	})
	mux.HandleFunc("/late", func(http.ResponseWriter, *http.Request) { time.Sleep(6 * time.Second) }) // the browser's picture is taken once this is there
	mux.Handle("/", e)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *site) person(name string, grants ...authz.Grant) string {
	a := testkit.Person(s.t, s.db, name, grants...)
	return a.PersonID.String() + "/" + a.SessionID.String()
}

// call sends JSON as a person and gives the answer and its body.
func (s *site) call(token, method, path string, body any, headers ...string) (*http.Response, []byte) {
	s.t.Helper()
	var r io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		must(s.t, err)
		r = bytes.NewReader(b)
	}
	if !strings.HasPrefix(path, "/v/") && !strings.HasPrefix(path, "/d/") {
		path = httpapi.Base + path
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+path, r)
	must(s.t, err)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	must(s.t, err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	must(s.t, err)
	return res, b
}

// want is call for an answer that must have a status, read into a value.
func want[T any](s *site, status int, token, method, path string, body any, headers ...string) T {
	s.t.Helper()
	res, b := s.call(token, method, path, body, headers...)
	if res.StatusCode != status {
		s.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, b)
	}
	var v T
	if len(b) > 0 {
		if err := json.Unmarshal(b, &v); err != nil {
			s.t.Fatalf("%s %s: %v: %s", method, path, err, b)
		}
	}
	return v
}

func (s *site) upload(token string, id any, field, name, typ string, content []byte) common.EntryFile {
	s.t.Helper()
	u := want[common.Upload](s, 201, token, "POST", fmt.Sprintf("/entries/%v/files", id),
		map[string]any{"fieldId": s.c.Fields[field], "name": name, "size": len(content), "type": typ})
	for n := 1; n <= u.PartCount; n++ {
		links := want[common.PartLinks](s, 200, token, "POST", fmt.Sprintf("/files/%v/parts", u.File.Id), map[string]any{"numbers": []int{n}})
		from := int64(n-1) * u.PartSize
		req, err := http.NewRequestWithContext(s.t.Context(), "PUT", s.URL+links.Links[0].Url, bytes.NewReader(content[from:min(from+u.PartSize, int64(len(content)))]))
		must(s.t, err)
		res, err := http.DefaultClient.Do(req)
		must(s.t, err)
		_ = res.Body.Close()
		if res.StatusCode != 200 {
			s.t.Fatalf("part %d: %d", n, res.StatusCode)
		}
	}
	return want[common.EntryFile](s, 200, token, "POST", fmt.Sprintf("/files/%v/complete", u.File.Id), nil)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

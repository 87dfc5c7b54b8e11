package resource_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/resource"
	"fieldtrial/internal/scan"
	"fieldtrial/internal/testkit"
)

func TestMain(m *testing.M) {
	embedded.RunS3Child()
	os.Exit(m.Run())
}

// eye is a scanner that finds what the test wants found.
type eye struct{ infected string }

func (e eye) Scan(_ context.Context, r io.Reader) (scan.Verdict, error) {
	b, err := io.ReadAll(r)
	if bytes.Contains(b, []byte(e.infected)) {
		return scan.Verdict{Outcome: scan.Infected}, err
	}
	return scan.Verdict{Outcome: scan.Clean}, err
}

type world struct {
	*resource.Service
	t        *testing.T
	rows     testkit.ChallengeRows
	official authz.Actor
	web      *httptest.Server
}

func newWorld(t *testing.T, opts ...testkit.ChallengeOption) *world {
	t.Helper()
	dir, err := os.MkdirTemp("", "resource-s3-")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s3, err := embedded.StartS3(ctx, embedded.S3Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s3.Stop(); _ = os.RemoveAll(dir) })
	store, err := objstore.Open(objstore.Config{Socket: s3.Socket(), AccessKey: s3.AccessKey(), SecretKey: s3.SecretKey(), Bucket: "files", Syncer: s3})
	if err == nil {
		err = store.EnsureBucket(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	db := testkit.DB(t)
	w := &world{t: t, rows: testkit.OpenChallenge(t, db, opts...), Service: resource.New(db, store, eye{"EVIL"}, false), web: httptest.NewServer(store.Proxy())}
	t.Cleanup(w.web.Close)
	w.official = testkit.Person(t, db, "Official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: w.rows.City})
	return w
}

// file uploads a file through its links, has it checked and gives its id.
func (w *world) file(name, content string) uuid.UUID {
	w.t.Helper()
	ctx := w.t.Context()
	up, err := w.AddFile(ctx, w.official, w.rows.Challenge, lang.Text{lang.ES: "Plano de las playas"}, name, int64(len(content)))
	if err != nil || len(up.Links) != 1 {
		w.t.Fatalf("announced %+v %v", up, err)
	}
	req, _ := http.NewRequestWithContext(ctx, http.MethodPut, w.web.URL+up.Links[0], strings.NewReader(content))
	got, err := http.DefaultClient.Do(req)
	if err != nil || got.StatusCode != http.StatusOK {
		w.t.Fatalf("part: %v %v", got, err)
	}
	_ = got.Body.Close()
	if _, err := w.Complete(ctx, w.official, up.ID); err != nil {
		w.t.Fatal(err)
	}
	if err := w.Check(ctx, up.ID, true); err != nil {
		w.t.Fatal(err)
	}
	return up.ID
}

func (w *world) downloads(id uuid.UUID) int {
	w.t.Helper()
	list, err := w.List(w.t.Context(), w.official, w.rows.Challenge)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, r := range list {
		if r.ID == id {
			return r.Downloads
		}
	}
	w.t.Fatal("not in the list")
	return 0
}

const browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"

func TestAFileIsOpenedByReadersAndCountedOnceAnHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	id := w.file("plano.csv", "playa,personas\nSardinero,120\nMagdalena,80\n")
	open, err := w.Public(ctx, w.rows.Challenge)
	if err != nil || len(open) != 1 || open[0].Type != "text/csv" || !open[0].Scanned {
		t.Fatalf("for readers %+v %v", open, err)
	}
	for _, v := range []resource.Visitor{
		{"192.0.2.1", browser}, {"192.0.2.1", browser}, {"192.0.2.2", browser}, {"192.0.2.3", "Googlebot/2.1"}, {"192.0.2.4", ""},
	} {
		link, err := w.Open(ctx, id, v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := http.Get(w.web.URL + link)
		if err != nil || got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("opened %v %v", got, err)
		}
		_ = got.Body.Close()
	}
	if n := w.downloads(id); n != 2 {
		t.Errorf("%d downloads counted, want one for each of two readers", n)
	}
	if _, err := w.Remove(ctx, w.official, id); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Open(ctx, id, resource.Visitor{Address: "192.0.2.9", Agent: browser}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a removed file: %v", err)
	}
}

func TestWhatIsInfectedOrWouldRunIsNotGivenOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, c := range map[string]struct {
		content string
		want    resource.State
	}{
		"data.txt":  {"plain EVIL text, long enough to be text", resource.Infected},
		"page.pdf":  {"<!DOCTYPE html><html><script>alert(1)</script></html>", resource.Refused},
		"plain.txt": {"just words that anybody may read", resource.Ready},
	} {
		id := w.file(name, c.content)
		list, err := w.List(t.Context(), w.official, w.rows.Challenge)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			if r.ID == id && r.State != c.want {
				t.Errorf("%s is %s, want %s", name, r.State, c.want)
			}
		}
		_, err = w.Open(t.Context(), id, resource.Visitor{Address: "192.0.2.1", Agent: browser})
		if (err == nil) != (c.want == resource.Ready) {
			t.Errorf("%s opened: %v", name, err)
		}
	}
	if open, err := w.Public(t.Context(), w.rows.Challenge); err != nil || len(open) != 1 {
		t.Errorf("readers see %+v %v", open, err)
	}
}

func TestLinksAreHTTPSAndDraftsAreShut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.AsDraft())
	ctx := t.Context()
	title := lang.Text{lang.ES: "Datos abiertos"}
	for _, bad := range []string{"", "http://datos.example", "javascript:alert(1)", "https://user:pw@datos.example", "https://"} {
		var f *fault.Error
		if _, err := w.AddLink(ctx, w.official, w.rows.Challenge, title, bad); !errors.As(err, &f) || f.Fields[0].Pointer != "/url" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	id, err := w.AddLink(ctx, w.official, w.rows.Challenge, title, " https://datos.example/playas ")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Open(ctx, id, resource.Visitor{Address: "192.0.2.1", Agent: browser}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("of a draft: %v", err)
	}
	stranger := authz.Actor{PersonID: uuid.New(), Confirmed: true}
	if _, err := w.AddLink(ctx, stranger, w.rows.Challenge, title, "https://datos.example"); err == nil {
		t.Error("a stranger attaches a link")
	}
	if _, err := w.List(ctx, stranger, w.rows.Challenge); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a stranger lists: %v", err)
	}
}

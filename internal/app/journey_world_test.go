package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/client"
	"fieldtrial/internal/httpapi/oapi/common"
)

const demoSecret = "a demo password for tests"

// world is the whole program, wired as serve wires it, on its own Postgres, object store and
// mailbox, and what the steps of a journey hand on to each other.
type world struct {
	t   *testing.T
	app *App
	url string

	nobody, admin, chair, juror    caller
	fujisawa, fujisawa2, santander caller
	contest                        common.Contest
	reto                           common.ManagedChallenge // Santander's
	kadai                          common.ManagedChallenge // Fujisawa's
	entrants                       []*entrant
}

// startForTest wires the program on a folder of its own, with the M-Sec programme and demo accounts.
func startForTest(t *testing.T) *world {
	t.Helper()
	t.Chdir("../..") // as the program is started: the page's packages may hold a Postgres
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	w := &world{t: t, url: "http://" + l.Addr().String()}
	cfg := settings(t, map[string]string{"ADDR": l.Addr().String(), "DATA": dataFolder(t), "DEMO_PASSWORD": demoSecret, "PUBLIC_URL": w.url})
	w.app, err = open(t.Context(), cfg, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})), progress{})
	must(t, err)
	t.Cleanup(w.app.parts.close)
	_, err = w.app.seed(t.Context(), seedOptions{}, io.Discard)
	must(t, err)
	must(t, w.app.jobs.Start(context.WithoutCancel(t.Context())))
	srv := httpapi.Server(w.app.echo)
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() {
		last, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = srv.Shutdown(last)
		_ = w.app.jobs.Stop(last)
	})
	w.nobody = caller{w: w}
	for email, into := range map[string]*caller{
		"admin@fieldtrial.example": &w.admin, "chair@fieldtrial.example": &w.chair, "juror@fieldtrial.example": &w.juror,
		"official@fujisawa.example": &w.fujisawa, "approver@fujisawa.example": &w.fujisawa2, "official@santander.example": &w.santander,
	} {
		*into = w.signIn(email, demoSecret)
	}
	return w
}

func settings(t *testing.T, values map[string]string) Config {
	t.Helper()
	cfg, err := LoadConfig(func(name string) string { return values[strings.TrimPrefix(name, "FIELDTRIAL_")] })
	must(t, err)
	if cfg.PostgresBin == "" {
		cfg.PostgresBin = os.Getenv("FIELDTRIAL_POSTGRES_BIN")
	}
	return cfg
}

// dataFolder is one that the database's own user may pass through, where the test runs as root.
func dataFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "ft-app-")
	must(t, err)
	must(t, os.Chmod(dir, 0o711))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "data")
}

// step runs one step of the journey; the next ones build on it.
func (w *world) step(name string, do func(w *world)) {
	outer := w.t
	ok := outer.Run(name, func(t *testing.T) { w.t = t; do(w) })
	w.t = outer
	if !ok {
		outer.FailNow()
	}
}

// caller is somebody who talks to the API; without a token it is nobody.
type caller struct {
	w     *world
	token string
}

func (w *world) signIn(email, password string) caller {
	r := val((caller{w: w}).want(200).SignInWithResponse(w.t.Context(), common.Credentials{Email: email, Password: password}))
	return caller{w, r.JSON200.AccessToken}
}

// want gives the generated client; an answer with another status, or another problem code where one
// is named, ends the test.
func (c caller) want(status int, code ...string) *client.ClientWithResponses {
	_, file, line, _ := runtime.Caller(1)
	return val(client.NewClientWithResponses(c.w.url+httpapi.Base, client.WithHTTPClient(referee{c, status, strings.Join(code, ""), fmt.Sprintf("%s:%d", filepath.Base(file), line)})))
}

type referee struct {
	caller
	status      int
	code, where string
}

// Do sends a request and judges the answer.
func (r referee) Do(req *http.Request) (*http.Response, error) {
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.w.t.Fatalf("%s: %v", r.where, err)
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		r.w.t.Fatalf("%s: %v", r.where, err)
	}
	var p common.Problem
	if r.code != "" {
		_ = json.Unmarshal(body, &p)
	}
	if res.StatusCode != r.status || p.Code != r.code {
		r.w.t.Fatalf("%s: %s %s: %d, want %d %s: %.600s", r.where, req.Method, req.URL.Path, res.StatusCode, r.status, r.code, body)
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, nil
}

func val[T any](v T, err error) T {
	if err != nil {
		panic(err) // an answer that is not what the contract says
	}
	return v
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ptr[T any](v T) *T { return &v }

func tag(version int) string { return fmt.Sprintf("%q", fmt.Sprint(version)) }

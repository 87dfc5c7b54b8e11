package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/client"
	"fieldtrial/internal/httpapi/oapi/common"
)

// program is fieldtrial in a process of its own.
type program struct {
	*world
	cmd *exec.Cmd
	out *lines
}

type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// serveCommand is the program on a data folder, which ends with the test at the latest.
func serveCommand(data, addr string, env ...string) (*exec.Cmd, *lines) {
	out := &lines{}
	c := exec.Command(os.Args[0], "serve", "--seed", "msec")
	c.Env = append(os.Environ(), asProgram+"=1", "FIELDTRIAL_ADDR="+addr, "FIELDTRIAL_DATA="+data, "FIELDTRIAL_DEMO_PASSWORD="+demoSecret)
	c.Env = append(c.Env, env...)
	c.Stdout, c.Stderr = out, out
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return c, out
}

func serveForTest(t *testing.T, data string, env ...string) program {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	addr := l.Addr().String()
	must(t, l.Close())
	p := program{world: &world{t: t, url: "http://" + addr}}
	p.nobody = caller{w: p.world}
	p.cmd, p.out = serveCommand(data, addr, env...)
	must(t, p.cmd.Start())
	t.Cleanup(p.kill)
	p.until("the program: "+p.out.String(), time.Minute, func() bool {
		return strings.Contains(p.out.String(), "Ready: ")
	})
	return p
}

func (p program) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// typing saves one answer over and over and gives the last that was acknowledged.
func (p program) typing(owner caller, e common.Entry, field common.Id, last *atomic.Int64) {
	quiet := val(client.NewClientWithResponses(p.url+httpapi.Base, client.WithHTTPClient(signed{owner.token})))
	for v := 1; ; v++ {
		r, err := quiet.SaveAnswersWithResponse(context.Background(), e.Id, common.AnswerBatch{Answers: []common.AnswerDraft{{FieldId: field, Value: fmt.Sprint("typed ", v+1), Version: v}}})
		if err != nil || r.JSON200 == nil || len(r.JSON200.Saved) != 1 {
			return
		}
		last.Store(int64(v + 1))
	}
}

// What was acknowledged is there after a kill in the middle of work: rows, a submission, the bytes of
// a file, the mail and the receipt.
func TestNothingAcknowledgedIsLost(t *testing.T) {
	t.Chdir("../..")
	data := dataFolder(t)
	p := serveForTest(t, data)
	ctx := t.Context()
	owner := p.signIn("startup@fieldtrial.example", demoSecret)
	team := *val(owner.want(201).CreateTeamWithResponse(ctx, nil, teams[0])).JSON201
	slug := val(owner.want(200).ListChallengesWithResponse(ctx, nil)).JSON200.Items[0].Slug
	e := p.send(owner, p.begin(owner, team, slug))
	var last atomic.Int64
	stopped := make(chan struct{})
	go func() { defer close(stopped); p.typing(owner, e, e.Fields[0].Id, &last) }()
	p.until("typing", time.Minute, func() bool { return last.Load() >= 20 })
	p.kill()
	<-stopped

	again := serveForTest(t, data)
	owner = again.signIn("startup@fieldtrial.example", demoSecret)
	kept := val(owner.want(200).GetEntryWithResponse(ctx, e.Id)).JSON200
	answer := kept.Answers[slices.IndexFunc(kept.Answers, func(a common.EntryAnswer) bool { return a.FieldId == e.Fields[0].Id })]
	if answer.Version < int(last.Load()) || answer.Value != fmt.Sprint("typed ", answer.Version) {
		t.Errorf("typed up to %d, kept %+v", last.Load(), answer)
	}
	if kept.Reference != e.Reference || kept.Status != "changes_not_submitted" || kept.LastSubmission.Number != 1 || kept.Team.Name != teams[0].Name {
		t.Errorf("kept %s %s %+v", kept.Reference, kept.Status, kept.LastSubmission)
	}
	link := val(owner.want(200).LinkFileWithResponse(ctx, kept.Files[0].Id, common.FileLinkForm{Disposition: "download"})).JSON200
	if b := again.get(link.Url); !bytes.Equal(b, pdf) {
		t.Errorf("the file has %d bytes", len(b))
	}
	again.receipt(&entrant{owner: owner, entry: e})
	again.until("the mail", time.Minute, func() bool { return strings.Contains(string(again.get("/dev/mail")), e.Reference) })

	second, out := serveCommand(data, "127.0.0.1:0")
	err := second.Run()
	if second.ProcessState.ExitCode() != 1 || !strings.Contains(out.String(), "another fieldtrial already serves the data folder") {
		t.Errorf("a second instance: %v, exit %d: %s", err, second.ProcessState.ExitCode(), out)
	}
	val(owner.want(200).GetMeWithResponse(ctx)) // the first goes on

	must(t, again.cmd.Process.Signal(syscall.SIGTERM))
	if err := again.cmd.Wait(); err != nil {
		t.Errorf("asked to end: %v: %s", err, again.out)
	}
	refuseDemo(t, data)
}

// refuseDemo starts on the same data under a public address: the demo accounts are there and refused.
func refuseDemo(t *testing.T, data string) {
	p := serveForTest(t, data, "FIELDTRIAL_PUBLIC_URL=https://contest.example.city")
	if strings.Contains(p.out.String(), demoSecret) {
		t.Errorf("the demo password is printed: %s", p.out)
	}
	for _, who := range []string{"admin", "startup"} {
		val(p.nobody.want(403, "account.demo_only_local").SignInWithResponse(t.Context(), common.Credentials{Email: who + "@fieldtrial.example", Password: demoSecret}))
	}
}

func (p program) get(path string) []byte {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.url+path, nil)
	must(p.t, err)
	res, err := http.DefaultClient.Do(req)
	must(p.t, err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 {
		p.t.Fatalf("%s: %d %v", path, res.StatusCode, err)
	}
	return b
}

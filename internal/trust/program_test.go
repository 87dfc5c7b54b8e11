package trust

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"fieldtrial/internal/app"
	"fieldtrial/internal/database"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/testkit"
)

// asProgram makes the test binary be the program, so that tests meet it as a process of its own.
const asProgram = "FIELDTRIAL_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	embedded.RunS3Child()
	if os.Getenv(asProgram) != "" {
		os.Exit(app.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// program is the running product on a database of its own.
type program struct {
	url   string
	addr  string // host:port
	db    *database.DB
	owner string // address of the database as its owner
	http  *http.Client
	pid   int
	data  string // its folder
	log   logBook
}

// serve starts the program on a fresh database, with settings given as NAME=value, and ends it with
// the test.
func serve(t *testing.T, settings ...string) *program {
	t.Helper()
	db, url := testkit.DBWithOwner(t)
	p := &program{db: db, owner: url, addr: freeAddress(t)}
	p.url = "http://" + p.addr
	p.http = &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	self, err := os.Executable()
	must(t, err)
	data, err := os.MkdirTemp("", "ft-trust-")
	must(t, err)
	must(t, os.Chmod(data, 0o711))
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	p.data = filepath.Join(data, "data")
	cmd := exec.Command(self, "serve")
	cmd.Env = append(os.Environ(), asProgram+"=1", "FIELDTRIAL_ADDR="+p.addr, "FIELDTRIAL_PUBLIC_URL="+strings.Replace(p.url, "127.0.0.1", "localhost", 1),
		"FIELDTRIAL_DATA="+p.data, "FIELDTRIAL_DATABASE_URL="+url)
	for _, s := range settings {
		cmd.Env = append(cmd.Env, "FIELDTRIAL_"+s)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	errs, err := cmd.StderrPipe()
	must(t, err)
	must(t, cmd.Start())
	p.pid = cmd.Process.Pid
	read := make(chan struct{})
	go func() { defer close(read); p.log.read(bufio.NewReader(errs)) }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		end := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
		<-read
		_ = cmd.Wait()
		end.Stop()
	})
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		res, err := p.http.Get(p.url + "/readyz")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return p
			}
		}
		if time.Now().After(end) || strings.Contains(p.log.tail(), "fieldtrial: ") {
			t.Fatalf("the program does not start: %v\n%s", err, p.log.tail())
		}
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// logBook keeps what the program logged, by request.
type logBook struct {
	mu    sync.Mutex
	byID  map[string]string
	lines []string
}

func (l *logBook) read(r *bufio.Reader) {
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			l.add(strings.TrimRight(line, "\n"))
		}
		if err != nil {
			return
		}
	}
}

func (l *logBook) add(line string) {
	var entry struct{ ID, Error string }
	_ = json.Unmarshal([]byte(line), &entry)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byID == nil {
		l.byID = map[string]string{}
	}
	if entry.ID != "" {
		l.byID[entry.ID] = entry.Error
	}
	l.lines = append(l.lines, line)
}

// of waits a moment for what was logged of a request: the line may come after the answer.
func (l *logBook) of(id string) string {
	for range 200 {
		l.mu.Lock()
		s, ok := l.byID[id]
		l.mu.Unlock()
		if ok {
			return s
		}
		time.Sleep(5 * time.Millisecond)
	}
	return ""
}

func (l *logBook) tail() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines[max(0, len(l.lines)-20):], "\n")
}

// all is everything that was logged.
func (l *logBook) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// count runs a query that gives one number.
func (p *program) count(t testing.TB, sql string, args ...any) int {
	t.Helper()
	var n int
	if err := p.db.Pool().QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// figure prints a number that is promised; .ci/figures-trust collects them.
func figure(name string, value any, unit string) {
	fmt.Printf("figure %s = %v %s\n", name, value, unit)
}

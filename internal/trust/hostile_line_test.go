package trust

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// raw sends bytes as they are and reads one answer.
func (p *program) raw(t testing.TB, request string) answer {
	t.Helper()
	c, err := net.Dial("tcp", p.addr)
	must(t, err)
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	_, _ = io.WriteString(c, request)
	method, _, _ := strings.Cut(request, " ")
	res, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		return answer{body: []byte(err.Error())}
	}
	defer func() { _ = res.Body.Close() }()
	b, _ := io.ReadAll(res.Body)
	return answer{res.StatusCode, b, res.Header}
}

// rss is how much memory the program holds, in bytes.
func (p *program) rss(t testing.TB) int {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	must(t, err)
	var kb int
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			_, err = fmt.Sscan(rest, &kb)
			must(t, err)
		}
	}
	return kb << 10
}

// patience is how long a client may be silent, with a little for a busy machine.
const patience = 20 * time.Second

// slowClients opens connections that send next to nothing, and gives the test of what became of them:
// the program must have left them by itself, while a part of a file that comes slowly, but comes, is
// taken in.
func (w *world) slowClients() func(t *testing.T) {
	type client struct {
		name  string
		drip  string // sent each second
		after time.Duration
		err   error
	}
	long := "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
	starts := map[string][2]string{
		"headers that drip":        {"GET / HTTP/1.1\r\nHost: localhost\r\n", "X: y\r\n"},
		"headers that stop":        {"GET / HTTP/1.1\r\nHost: localhost\r\n", ""},
		"nothing at all":           {"", ""},
		"a body that stops":        {"POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: localhost\r\n" + long, ""},
		"a body that nobody wants": {"GET / HTTP/1.1\r\nHost: localhost\r\n" + long, ""},
		"a part that stops":        {"PUT /nowhere HTTP/1.1\r\nHost: localhost\r\n" + long, ""},
	}
	var all []*client
	var wg sync.WaitGroup
	for name, s := range starts {
		for range 20 {
			c := &client{name: name, drip: s[1]}
			all = append(all, c)
			wg.Go(func() { c.after, c.err = w.drip(s[0], c.drip) })
		}
	}
	var part error
	wg.Go(func() { part = w.slowPart() })
	return func(t *testing.T) {
		if a := w.people["member"].get("/me"); a.status != 200 {
			t.Errorf("others wait: %s", a)
		}
		wg.Wait()
		for _, c := range all {
			if c.err != nil || c.after > patience {
				t.Errorf("%s was not left after %v: %v", c.name, c.after, c.err)
			}
		}
		if part != nil {
			t.Errorf("a slow part: %v", part)
		}
	}
}

// drip sends a beginning and then a little each second, until the other side closes.
func (p *program) drip(begin, more string) (time.Duration, error) {
	c, err := net.Dial("tcp", p.addr)
	if err != nil {
		return 0, err
	}
	defer func() { _ = c.Close() }()
	start := time.Now()
	_, _ = io.WriteString(c, begin)
	_ = c.SetReadDeadline(start.Add(patience + 10*time.Second))
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, c)
		done <- err
	}()
	for {
		select {
		case err := <-done:
			if errors.Is(err, os.ErrDeadlineExceeded) {
				return time.Since(start), err
			}
			return time.Since(start), nil // closed, or reset
		case <-time.After(time.Second):
			if more != "" {
				_, _ = io.WriteString(c, more)
			}
		}
	}
}

// slowPart uploads a file of which a few bytes come each second, for longer than anybody may be silent.
func (w *world) slowPart() error {
	s, who := w.stages["open"], w.people["owner"]
	const seconds = 12
	var up struct{ File struct{ ID string } }
	a := who.post("/entries/"+s.own.Entry.String()+"/files", object{"fieldId": s.challenge.Fields["pitch"], "name": "slow.pdf", "size": seconds * 10, "type": "application/pdf"})
	if a.status != 201 {
		return fmt.Errorf("announced: %s", a)
	}
	a.into(w.t, &up)
	var links struct{ Links []struct{ URL string } }
	a = who.post("/files/"+up.File.ID+"/parts", object{"numbers": list{1}})
	if a.status != 200 {
		return fmt.Errorf("links: %s", a)
	}
	a.into(w.t, &links)
	from, to := io.Pipe()
	go func() {
		for range seconds {
			_, _ = io.WriteString(to, "%PDF-1.4\n ")
			time.Sleep(time.Second)
		}
		_ = to.Close()
	}()
	req, err := http.NewRequest(http.MethodPut, w.url+strings.TrimPrefix(links.Links[0].URL, w.url), from)
	if err != nil {
		return err
	}
	req.ContentLength = seconds * 10
	if a := w.send(req); a.status != 200 {
		return fmt.Errorf("the part: %s", a)
	}
	return nil
}

package scan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldtrial/internal/testkit"
)

// startClamd runs Debian's clamd with one signature and the given settings.
func startClamd(t *testing.T, settings ...string) Clamd {
	t.Helper()
	return Clamd{Network: "unix", Addr: testkit.Clamd(t, settings...)}
}

func TestScan(t *testing.T) {
	c := startClamd(t, "StreamMaxLength 2M")
	version, err := c.Version(t.Context())
	must(t, err)
	if !strings.HasPrefix(version, "ClamAV ") {
		t.Errorf("version %q", version)
	}
	infected := Verdict{Outcome: Infected, Signature: testkit.EICARName}
	for name, tc := range map[string]struct {
		content string
		want    Verdict
	}{
		"empty":            {"", Verdict{Outcome: Clean}},
		"text":             {"a proposal", Verdict{Outcome: Clean}},
		"one chunk":        {strings.Repeat("x", chunk), Verdict{Outcome: Clean}},
		"eicar":            {testkit.EICAR(), infected},
		"eicar later":      {strings.Repeat("x", chunk-10) + testkit.EICAR(), infected},
		"above its limit":  {strings.Repeat("x", 5<<20), Verdict{Outcome: NotScanned, Reason: ReasonTooLarge}},
		"at its limit":     {strings.Repeat("x", 2<<20), Verdict{Outcome: Clean}},
		"infected too big": {testkit.EICAR() + strings.Repeat("x", 5<<20), Verdict{Outcome: NotScanned, Reason: ReasonTooLarge}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.Scan(t.Context(), strings.NewReader(tc.content))
			must(t, err)
			if got != tc.want {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestOurOwnLimit(t *testing.T) {
	c := startClamd(t)
	c.MaxSize = 100
	for n, want := range map[int64]Outcome{100: Clean, 101: NotScanned, 5 << 20: NotScanned} {
		got, err := c.Scan(t.Context(), io.LimitReader(zeros{}, n))
		must(t, err)
		if got.Outcome != want {
			t.Errorf("%d bytes: %+v", n, got)
		}
	}
}

// A file that clamd leaves unread for its own limits is not called clean.
func TestTheDaemonsLimits(t *testing.T) {
	c := startClamd(t, "MaxFileSize 1M", "StreamMaxLength 10M", "AlertExceedsMax yes")
	got, err := c.Scan(t.Context(), io.LimitReader(zeros{}, 3<<20))
	must(t, err)
	if got != (Verdict{Outcome: NotScanned, Reason: ReasonLimits}) {
		t.Errorf("%+v", got)
	}
}

func TestLargeFile(t *testing.T) {
	c := startClamd(t, "StreamMaxLength 2000M", "MaxFileSize 2000M", "MaxScanSize 2000M", "AlertExceedsMax yes")
	c.MaxSize = 2 << 30
	const size = 400 << 20
	begin := time.Now()
	got, err := c.Scan(t.Context(), io.MultiReader(io.LimitReader(zeros{}, size), strings.NewReader(testkit.EICAR())))
	must(t, err)
	t.Logf("400 MiB took %v", time.Since(begin))
	if got.Outcome != Infected {
		t.Errorf("%+v", got)
	}
}

func TestManyAtOnce(t *testing.T) {
	c := startClamd(t)
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			content, want := "clean", Clean
			if n%2 == 0 {
				content, want = testkit.EICAR(), Infected
			}
			if got, err := c.Scan(t.Context(), strings.NewReader(content)); err != nil || got.Outcome != want {
				t.Errorf("%+v %v", got, err)
			}
		})
	}
	wg.Wait()
}

func TestErrors(t *testing.T) {
	down := Clamd{Network: "unix", Addr: filepath.Join(t.TempDir(), "none")}
	_, err := down.Scan(t.Context(), strings.NewReader("x"))
	wantKind(t, err, ErrUnavailable)
	wantKind(t, down.Ping(t.Context()), ErrUnavailable)

	c := startClamd(t)
	broken := errors.New("broken")
	_, err = c.Scan(t.Context(), io.MultiReader(strings.NewReader("x"), failing{broken}))
	wantKind(t, err, broken)

	ctx, cancel := context.WithCancel(t.Context())
	_, err = c.Scan(ctx, cancelling{cancel})
	wantKind(t, err, context.Canceled)
}

// A daemon that dies, or says what nobody knows, never makes a file clean.
func TestStrangeDaemons(t *testing.T) {
	for answer, want := range map[string]error{
		"": ErrUnavailable, "stream: ERROR": ErrAnswer, "OK": ErrAnswer, "stream: OK FOUND": nil, "stream: FOUND": ErrAnswer,
		"stream:  FOUND": ErrAnswer, "UNKNOWN COMMAND": ErrAnswer,
	} {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		must(t, err)
		go func() {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			_, _ = io.ReadAtLeast(conn, make([]byte, 100), len("zINSTREAM\x00")+4+1+4)
			_, _ = fmt.Fprintf(conn, "%s\x00", answer)
			_ = conn.Close()
		}()
		got, err := Clamd{Network: "tcp", Addr: ln.Addr().String()}.Scan(t.Context(), strings.NewReader("x"))
		if !errors.Is(err, want) || got.Outcome == Clean {
			t.Errorf("%q gives %+v, %v", answer, got, err)
		}
		_ = ln.Close()
	}
}

// A daemon that falls silent is given up.
func TestSilentDaemon(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer ln.Close()
	c := Clamd{Network: "tcp", Addr: ln.Addr().String(), Idle: 200 * time.Millisecond}
	_, err = c.Scan(t.Context(), strings.NewReader("x"))
	wantKind(t, err, ErrUnavailable)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// cancelling never ends, and calls its function on the way.
type cancelling struct{ cancel func() }

func (c cancelling) Read(p []byte) (int, error) {
	c.cancel()
	time.Sleep(10 * time.Millisecond)
	return len(p), nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t *testing.T, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("got %v, not %v", err, kind)
	}
}

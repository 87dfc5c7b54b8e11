package embedded

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
)

// tail takes a child's output, passes its lines to the log, and keeps the last
// ones for an error text.
type tail struct {
	name string
	log  *slog.Logger // may be nil

	mu    sync.Mutex
	rest  []byte // a line that has not ended yet
	lines []string
}

const (
	tailLines   = 20
	longestLine = 8 << 10
)

// Write takes a piece of output, which need not end with a line.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rest = append(t.rest, p...)
	for {
		line, rest, whole := bytes.Cut(t.rest, []byte("\n"))
		if !whole && len(t.rest) < longestLine {
			return len(p), nil
		}
		t.add(string(line))
		t.rest = append(t.rest[:0], rest...)
	}
}

func (t *tail) add(line string) {
	t.lines = append(t.lines, line)
	if n := len(t.lines); n > tailLines {
		t.lines = t.lines[n-tailLines:]
	}
	if t.log == nil {
		return
	}
	level := slog.LevelDebug
	// A client that asks too early is told so as FATAL; at every start that is us.
	early := strings.HasSuffix(line, "the database system is starting up")
	if !early && (strings.Contains(line, "FATAL:") || strings.Contains(line, "PANIC:")) {
		level = slog.LevelWarn
	}
	t.log.Log(context.Background(), level, t.name, "line", line)
}

// String returns the last lines.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(strings.Join(append(t.lines, string(t.rest)), "\n"))
}

// Package scan asks a ClamAV daemon about files.
package scan

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Outcome is what is known of a file after a scan.
type Outcome string

const (
	// Clean means that the whole file was looked at and nothing was found.
	Clean Outcome = "clean"
	// Infected means that a signature matched.
	Infected Outcome = "infected"
	// NotScanned means that the file was not looked at as a whole.
	NotScanned Outcome = "not_scanned"
)

// Verdict is the answer about one file.
type Verdict struct {
	Outcome   Outcome
	Signature string // of an infected file
	Reason    string // of a file not scanned: ReasonTooLarge or ReasonLimits
}

const (
	// ReasonTooLarge means that the file is above MaxSize or the daemon's own limit.
	ReasonTooLarge = "too_large"
	// ReasonLimits means that the daemon gave up inside the file (depth, number, time).
	ReasonLimits = "limits"
)

var (
	// ErrUnavailable means that the daemon cannot be reached or broke off; try again later.
	ErrUnavailable = errors.New("scan: clamd is not available")
	// ErrAnswer means that the daemon said something that is not understood.
	ErrAnswer = errors.New("scan: clamd gave an unknown answer")
)

// DefaultMaxSize is the largest file that is scanned unless configured, in bytes.
const DefaultMaxSize = 100 << 20

// Clamd is a ClamAV daemon. It is safe for concurrent use.
//
// The daemon's StreamMaxLength, MaxScanSize and MaxFileSize must be at least
// MaxSize: beyond MaxFileSize it calls a file clean that it has not read.
// AlertExceedsMax makes it say so, and gives ReasonLimits here.
type Clamd struct {
	Network string // "unix" or "tcp"
	Addr    string // path of the socket, or host:port
	MaxSize int64  // bytes; 0 means DefaultMaxSize
	// Idle is how long the daemon may be silent; 0 means 2 minutes.
	Idle time.Duration
}

const chunk = 64 << 10

// Scan streams r to the daemon and returns its verdict. An error is
// ErrUnavailable, ErrAnswer, ctx's, or r's own.
func (c Clamd) Scan(ctx context.Context, r io.Reader) (Verdict, error) {
	conn, done, err := c.dial(ctx)
	if err != nil {
		return Verdict{}, err
	}
	defer done()
	tooLarge, readErr, sendErr := c.send(conn, r)
	switch {
	case readErr != nil:
		return Verdict{}, fmt.Errorf("scan: cannot read the file: %w", readErr)
	case tooLarge:
		return Verdict{Outcome: NotScanned, Reason: ReasonTooLarge}, nil
	}
	// When the daemon closes early, for its own limit, its answer still waits.
	answer, err := receive(conn)
	if err != nil || answer == "" {
		return Verdict{}, c.unavailable(ctx, errors.Join(err, sendErr, errEmpty))
	}
	return verdict(answer)
}

var errEmpty = errors.New("no answer")

// send writes the file in chunks, each after its length, and a zero at the end.
func (c Clamd) send(conn net.Conn, r io.Reader) (tooLarge bool, readErr, sendErr error) {
	limit := c.MaxSize
	if limit <= 0 {
		limit = DefaultMaxSize
	}
	if _, err := io.WriteString(conn, "zINSTREAM\x00"); err != nil {
		return false, nil, err
	}
	buf := make([]byte, 4+chunk)
	for sent := int64(0); ; {
		n, err := io.ReadFull(r, buf[4:])
		if sent += int64(n); sent > limit {
			return true, nil, nil
		}
		if n > 0 {
			binary.BigEndian.PutUint32(buf, uint32(n)) //nolint:gosec // at most chunk
			c.extend(conn)
			if _, werr := conn.Write(buf[:4+n]); werr != nil {
				return false, nil, werr
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			_, werr := conn.Write([]byte{0, 0, 0, 0})
			c.extend(conn)
			return false, nil, werr
		}
		if err != nil {
			return false, err, nil
		}
	}
}

func verdict(answer string) (Verdict, error) {
	text, ok := strings.CutPrefix(answer, "stream: ")
	signature, found := strings.CutSuffix(text, " FOUND")
	switch {
	case strings.Contains(answer, "size limit exceeded"):
		return Verdict{Outcome: NotScanned, Reason: ReasonTooLarge}, nil
	case ok && strings.HasPrefix(text, "Heuristics.Limits.Exceeded"):
		return Verdict{Outcome: NotScanned, Reason: ReasonLimits}, nil
	case ok && found && signature != "":
		return Verdict{Outcome: Infected, Signature: signature}, nil
	case ok && text == "OK":
		return Verdict{Outcome: Clean}, nil
	}
	return Verdict{}, fmt.Errorf("%w: %q", ErrAnswer, answer)
}

// Version asks the daemon who it is and how old its signatures are, like
// "ClamAV 1.0.9/27600/Mon Apr  7 08:25:00 2025".
func (c Clamd) Version(ctx context.Context) (string, error) { return c.ask(ctx, "VERSION") }

// Ping reports whether the daemon answers.
func (c Clamd) Ping(ctx context.Context) error {
	answer, err := c.ask(ctx, "PING")
	if err == nil && answer != "PONG" {
		return fmt.Errorf("%w: %q", ErrAnswer, answer)
	}
	return err
}

func (c Clamd) ask(ctx context.Context, command string) (string, error) {
	conn, done, err := c.dial(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	_, err = io.WriteString(conn, "z"+command+"\x00")
	if err == nil {
		var answer string
		if answer, err = receive(conn); err == nil && answer != "" {
			return answer, nil
		}
	}
	return "", c.unavailable(ctx, errors.Join(err, errEmpty))
}

// dial connects; the connection ends with ctx.
func (c Clamd) dial(ctx context.Context) (net.Conn, func(), error) {
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, c.Network, c.Addr)
	if err != nil {
		return nil, nil, c.unavailable(ctx, err)
	}
	c.extend(conn)
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	return conn, func() { stop(); _ = conn.Close() }, nil
}

// extend gives the daemon more time after each sign of life.
func (c Clamd) extend(conn net.Conn) {
	idle := c.Idle
	if idle <= 0 {
		idle = 2 * time.Minute
	}
	_ = conn.SetDeadline(time.Now().Add(idle))
}

func (c Clamd) unavailable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("scan: %w", ctx.Err())
	}
	return fmt.Errorf("%w at %s: %w", ErrUnavailable, c.Addr, err)
}

// receive reads the one answer there is, up to its zero byte.
func receive(conn net.Conn) (string, error) {
	b, err := io.ReadAll(io.LimitReader(conn, 4096))
	if len(b) > 0 {
		err = nil // a reset after the answer takes nothing back
	}
	return strings.TrimRight(string(b), "\x00\r\n"), err
}

package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"strings"
)

type seedOptions struct{ realDates bool }

// seedCommand loads a programme into the database of a stopped or running server.
func seedCommand(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	if len(args) == 0 || args[0] != "msec" {
		return ErrUsage
	}
	_, opts, err := serveArgs(args[1:])
	if err != nil {
		return err
	}
	p, err := openDatabase(ctx, cfg, slog.New(slog.DiscardHandler), progress{}, true)
	if err != nil {
		return err
	}
	defer p.close()
	a := &App{cfg: cfg, parts: p}
	return a.seed(ctx, args[0], opts, out)
}

func (a *App) seed(_ context.Context, _ string, _ seedOptions, _ io.Writer) error { return nil }

// passphrase makes up a password that a person can type: four groups of letters and digits, 80 bits.
func passphrase() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789"
	var b strings.Builder
	for i := range 16 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(fmt.Sprint("no randomness: ", err))
		}
		b.WriteByte(letters[n.Int64()])
	}
	return b.String()
}

package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"

	"fieldtrial/internal/audit"
	"fieldtrial/internal/record"
)

// verify checks files without setting, server or database. Only `verify log --from-data` reads the
// database that the settings name: it writes the log out, checks the file, and then what the file does
// not hold: stored hashes and openings.
func verify(args []string, stdout, stderr io.Writer) int {
	at := slices.Index(args, "--from-data")
	if at < 0 || args[0] != "log" {
		return audit.RunVerify(args, stdout, stderr)
	}
	path, err := logFromData(context.Background())
	if path != "" {
		defer func() { _ = os.Remove(path) }()
	}
	if err != nil {
		fmt.Fprintln(stderr, "fieldtrial:", err)
		return record.ExitFailed
	}
	args = slices.Concat(args[:at], []string{path}, args[at+1:])
	code := audit.RunVerify(args, stdout, stderr)
	if a, err := record.ParseVerifyArgs(args[1:]); err == nil && code == record.ExitSound && !a.JSON {
		fmt.Fprintln(stdout, audit.Stored(a.Lang))
	}
	return code
}

// logFromData writes the log of the configured database to a file of its own, and audits what is stored.
func logFromData(ctx context.Context) (path string, err error) {
	cfg, err := LoadConfig(os.Getenv)
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp("", "fieldtrial-log-*.txt")
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	return f.Name(), withRecord(ctx, cfg, func(p *parts) error {
		if _, err := record.Audit(ctx, p.db); err != nil {
			return err
		}
		return writeLog(ctx, p, f)
	})
}

// exportLog is `export log`: what `verify log` reads.
func exportLog(ctx context.Context, cfg Config, out io.Writer) error {
	return withRecord(ctx, cfg, func(p *parts) error { return writeLog(ctx, p, out) })
}

func withRecord(ctx context.Context, cfg Config, work func(*parts) error) error {
	p, err := openDatabase(ctx, cfg, slog.New(slog.DiscardHandler), progress{}, true)
	if err != nil {
		return err
	}
	defer p.close()
	return work(p)
}

func writeLog(ctx context.Context, p *parts, out io.Writer) error {
	c, err := record.LatestCheckpoint(ctx, p.db)
	if err != nil {
		return err
	}
	return record.WriteLog(ctx, p.db, c, out)
}

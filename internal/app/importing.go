package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/importer"
	"fieldtrial/internal/team"
)

// importCommand brings over what others published: `import challenges|teams FILE [--json]`. The
// report goes to standard output, progress to standard error. It can be stopped at any time and run
// again; a second run over the same file changes nothing.
func importCommand(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	asJSON, rest := false, []string{}
	for _, a := range args {
		if a == "--json" {
			asJSON = true
			continue
		}
		rest = append(rest, a)
	}
	if len(rest) != 2 || (rest[0] != "challenges" && rest[0] != "teams") {
		return ErrUsage
	}
	file, err := os.Open(rest[1]) //nolint:gosec // whoever types the command names the file
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	p, err := openDatabase(ctx, cfg, slog.New(slog.DiscardHandler), progress{}, true)
	if err != nil {
		return err
	}
	defer p.close()
	meter, done := meterOn(os.Stderr, rest[0])
	var report importer.Report
	if rest[0] == "challenges" {
		report, err = importer.Challenges(ctx, contest.NewService(p.db), filepath.Base(rest[1]), file, meter)
	} else {
		report, err = importer.Teams(ctx, team.New(p.db), filepath.Base(rest[1]), file, meter)
	}
	done()
	if errors.Is(err, contest.ErrNoProgramme) {
		return errors.New("there is no programme yet that an archive could belong to: run `fieldtrial seed msec` first")
	}
	if err != nil && report.Read == 0 {
		return err
	}
	return errors.Join(err, report.Write(out, asJSON)) // stopped half-way, it says how far it came
}

// meterOn says on a terminal how far an import is, and elsewhere once at the end.
func meterOn(w *os.File, what string) (told importer.Progress, done func()) {
	start, last, count, live := time.Now(), time.Time{}, 0, term.IsTerminal(int(w.Fd()))
	return func(n, all int) {
			count = n
			if live && (time.Since(last) > 100*time.Millisecond || n == all) {
				last = time.Now()
				fmt.Fprintf(w, "\r  %s %d of %d", what, n, all)
			}
		}, func() {
			if live {
				fmt.Fprint(w, "\r\033[K")
			}
			fmt.Fprintf(w, "  %s %d in %.1f s\n", what, count, time.Since(start).Seconds())
		}
}

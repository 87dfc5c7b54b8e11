package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"text/tabwriter"

	"fieldtrial/internal/privacy"
)

// people looks after people's data from the command line: `people retention [--dry-run]` deletes what
// is past its time and reports it; `people erasures` prints the list to keep apart from the backups;
// `people erase-again FILE` runs it after an older backup was restored.
func people(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	retention := len(args) > 0 && args[0] == "retention" && (len(args) == 1 || len(args) == 2 && args[1] == "--dry-run")
	erasures := len(args) == 1 && args[0] == "erasures"
	again := len(args) == 2 && args[0] == "erase-again"
	if !retention && !erasures && !again {
		return ErrUsage
	}
	p, err := openDatabase(ctx, cfg, slog.New(slog.DiscardHandler), progress{}, true)
	if err != nil {
		return err
	}
	defer p.close()
	switch {
	case erasures:
		list, err := privacy.Erasures(ctx, p.db.Pool())
		if err != nil {
			return err
		}
		e := json.NewEncoder(out)
		for _, x := range list {
			if err := e.Encode(x); err != nil {
				return err
			}
		}
		return nil
	case again:
		list, err := readErasures(args[1])
		if err != nil {
			return err
		}
		n, err := privacy.Replay(ctx, p.db, list)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%d of %d erased again; the others are erased or unknown here\n", n, len(list))
		return err
	}
	dry := len(args) == 2
	report, err := privacy.New(p.db, cfg.Keep).Retention(ctx, dry)
	if err != nil {
		return err
	}
	deed := "deleted"
	if dry {
		deed = "would go"
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "what\tkept until\t%s\n", deed)
	for _, k := range report {
		fmt.Fprintf(w, "%s\t%s\t%d\n", k.What, k.Until, k.Rows)
	}
	return w.Flush()
}

// readErasures reads the list that `people erasures` printed, one JSON object a line.
func readErasures(path string) ([]privacy.Erasure, error) {
	f, err := os.Open(path) //nolint:gosec // the path is the operator's own
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var out []privacy.Erasure
	d := json.NewDecoder(bufio.NewReader(f))
	for {
		var e privacy.Erasure
		err := d.Decode(&e)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, e)
	}
}

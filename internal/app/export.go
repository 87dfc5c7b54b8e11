package app

import (
	"context"
	"io"
	"log/slog"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
)

// export writes who takes part as CSV, or the record's log: `export participation [--lang L]
// [--contest SLUG]`, `export log`.
func export(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	if len(args) == 1 && args[0] == "log" {
		return exportLog(ctx, cfg, out)
	}
	if len(args) == 0 || args[0] != "participation" {
		return ErrUsage
	}
	l, f := lang.EN, kpi.Filter{Actor: authz.System}
	for i := 1; i < len(args); i += 2 {
		switch {
		case i+1 == len(args):
			return ErrUsage
		case args[i] == "--lang" && lang.Tag(args[i+1]).Valid():
			l = lang.Tag(args[i+1])
		case args[i] == "--contest":
			f.Contest = args[i+1]
		default:
			return ErrUsage
		}
	}
	p, err := openDatabase(ctx, cfg, slog.New(slog.DiscardHandler), progress{}, true)
	if err != nil {
		return err
	}
	defer p.close()
	return kpi.WriteParticipation(ctx, p.db, out, l, f)
}

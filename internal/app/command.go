package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Command is one word after `fieldtrial`.
type command struct {
	name, args, help string
	run              func(ctx context.Context, cfg Config, args []string, out io.Writer) error
}

var commands = []command{
	{"serve", "[--seed msec]", "run the product; with no database and store configured it starts its own", serve},
	{"migrate", "", "bring the database's schema up to date", migrate},
	{"seed", "msec [--real-dates] | demo --entries N [--seed S] [--again]", "load the M-Sec programme and demo accounts; demo adds a contest in every phase", seedCommand},
	{"export", "participation [--lang en|es|ja] [--contest SLUG] | log", "write who takes part as CSV, or the whole log of the record, to standard output", export},
	{"import", "challenges|teams FILE [--json]", "bring over a feed of closed challenges, or a list of startups as unclaimed organisations; a second run changes nothing", importCommand},
	{"admin", "create EMAIL", "make an admin; the password is read from standard input", admin},
	{"people", "retention [--dry-run] | erasures | erase-again FILE", "delete what is past its time; print the list of erasures; run it after an older backup was restored", people},
	{"keygen", "ORIGIN", "make a signing key for the record, for FIELDTRIAL_RECORD_KEY; ORIGIN names the log, such as contest.example.city/record", keygen},
	{"doctor", "", "check settings, database, store, mail, clock and scanner, and say what to mend", doctor},
}

// ErrUsage is returned for a command line that cannot be understood; the usage was printed.
var ErrUsage = errors.New("usage")

// Main runs the command line and gives the exit code: 0 done, 1 failed, 2 not understood.
func Main(args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "verify" { // works on files alone, without any setting
		return verify(args[1:], stdout, stderr)
	}
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(stdout)
		if len(args) == 0 {
			return 2
		}
		return 0
	}
	for _, c := range commands {
		if c.name != args[0] {
			continue
		}
		cfg, err := LoadConfig(os.Getenv)
		if err != nil {
			fmt.Fprintln(stderr, "fieldtrial:", err)
			return 2
		}
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		if err := c.run(ctx, cfg, args[1:], stdout); err != nil {
			if errors.Is(err, ErrUsage) {
				fmt.Fprintf(stderr, "usage: fieldtrial %s %s\n", c.name, c.args)
				return 2
			}
			fmt.Fprintln(stderr, "fieldtrial:", err)
			return 1
		}
		return 0
	}
	fmt.Fprintf(stderr, "fieldtrial: there is no command %q\n", args[0])
	usage(stderr)
	return 2
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "Fieldtrial runs open innovation contests whose prize is a city to try things in.\n\nusage: fieldtrial COMMAND")
	for _, c := range commands {
		fmt.Fprintf(w, "  %s\n      %s\n", strings.TrimSpace(c.name+" "+c.args), c.help)
	}
	fmt.Fprintf(w, "  %s\n      %s\n\nSettings are FIELDTRIAL_* in the environment; see .env.example.\n", "verify FILE | log FILE | log --from-data", "check a receipt, a team's reviews, an auditor's bundle, a checkpoint or the whole log without the server")
}

package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"

	"fieldtrial/internal/app/seed"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/jury"
)

type seedOptions struct{ realDates bool }

// seedCommand loads a programme into the database of a stopped or running server.
func seedCommand(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == "demo" {
		return seedDemo(ctx, cfg, args[1:], out)
	}
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
	r, err := a.seed(ctx, opts, out)
	if err == nil && !r.Loaded {
		_, err = fmt.Fprintln(out, "The programme was there already and stays as it is.")
	}
	return err
}

// seed loads the programme where it is missing and prints the demo accounts. Those exist on loopback
// alone; elsewhere the programme comes without them.
func (a *App) seed(ctx context.Context, opts seedOptions, out io.Writer) (seed.Result, error) {
	o := seed.Options{RealDates: opts.realDates}
	changed := false
	if a.cfg.Loopback() {
		var err error
		if o.DemoPassword, changed, err = demoPassword(a.cfg); err != nil {
			return seed.Result{}, err
		}
	}
	r, err := seed.MSec(ctx, seed.Deps{DB: a.parts.db, Seat: jury.Seat}, o)
	if err != nil {
		return r, err
	}
	if changed && !r.Loaded {
		if err := identity.ResetDemo(ctx, a.parts.db, o.DemoPassword); err != nil {
			return r, err
		}
	}
	if o.DemoPassword != "" {
		fmt.Fprintf(out, "\nDemo accounts (this machine only), password %s\n", o.DemoPassword)
		for _, acc := range seed.Accounts {
			fmt.Fprintf(out, "  %-30s %s\n", acc.Email, acc.Name)
		}
	}
	return r, nil
}

// demoPassword gives the configured password of the demo accounts, else one made up and kept beside
// the data, so that every start can print it. changed says that it is not the one kept before.
func demoPassword(cfg Config) (password string, changed bool, err error) {
	if err := makeData(cfg); err != nil {
		return "", false, err
	}
	path := filepath.Join(cfg.Data, "demo-password")
	b, err := os.ReadFile(path) //nolint:gosec // our own data folder
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", false, err
	}
	kept := strings.TrimSpace(string(b))
	password = cfg.DemoPassword
	if password == "" {
		password = kept
	}
	if password == "" {
		password = passphrase()
	}
	if password == kept {
		return password, false, nil
	}
	return password, kept != "", os.WriteFile(path, []byte(password+"\n"), 0o600) //nolint:gosec // our own data folder
}

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

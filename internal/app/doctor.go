package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// finding is one line of the doctor's report. Mend is empty when all is well.
type finding struct {
	part, state, mend string
	grave             bool
}

// doctor looks at each part that the settings name and says what to mend. It fails when something
// would keep the product from working.
func doctor(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	if len(args) != 0 {
		return ErrUsage
	}
	grave := 0
	say := func(f finding) {
		mark := "ok  "
		if f.mend != "" {
			mark = "note"
		}
		if f.grave {
			mark = "FAIL"
			grave++
		}
		fmt.Fprintf(out, "%s  %-10s %s\n", mark, f.part, f.state)
		if f.mend != "" {
			fmt.Fprintf(out, "      %-10s mend: %s\n", "", f.mend)
		}
	}
	say(checkSettings(cfg))
	say(checkData(cfg))
	for _, f := range checkDatabase(ctx, cfg) {
		say(f)
	}
	say(checkStore(ctx, cfg))
	say(checkMail(ctx, cfg))
	say(checkScanner(ctx, cfg))
	if grave > 0 {
		return fmt.Errorf("%d of these must be mended", grave)
	}
	fmt.Fprintln(out, "Everything that is needed is there.")
	return nil
}

func checkSettings(cfg Config) finding {
	f := finding{part: "settings", state: "address " + cfg.Addr + ", public " + cfg.PublicURL}
	switch {
	case !cfg.Loopback() && !strings.HasPrefix(cfg.PublicURL, "https://"):
		f.mend = "set FIELDTRIAL_PUBLIC_URL to the https:// address people use: sign-in needs TLS outside this machine"
		f.grave = true
	case !cfg.Loopback() && len(cfg.TrustedProxies) == 0:
		f.mend = "behind a proxy, name it in FIELDTRIAL_TRUSTED_PROXIES; without it all visitors share one address"
	case !cfg.EmbeddedDatabase() && cfg.Secret == "":
		f.mend = "set FIELDTRIAL_SECRET when more than one replica serves"
	}
	return f
}

func checkData(cfg Config) finding {
	f := finding{part: "data", state: cfg.Data}
	probe := filepath.Join(cfg.Data, ".doctor")
	err := os.MkdirAll(cfg.Data, 0o711) //nolint:gosec // the database's user passes through
	if err == nil {
		err = os.WriteFile(probe, nil, 0o600)
	}
	_ = os.Remove(probe)
	if err != nil {
		f.state, f.mend, f.grave = err.Error(), "give this user the folder, or set FIELDTRIAL_DATA to one it may write", true
	}
	return f
}

func checkDatabase(ctx context.Context, cfg Config) []finding {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	p, err := openDatabase(ctx, cfg, slog.New(slog.DiscardHandler), progress{}, true)
	if err != nil {
		mend := "check FIELDTRIAL_DATABASE_URL and that the server is up"
		if cfg.EmbeddedDatabase() {
			mend = "install PostgreSQL 15 or newer, or set FIELDTRIAL_DATABASE_URL"
		}
		return []finding{{"database", err.Error(), mend, true}}
	}
	defer p.close()
	var version, role string
	var major int
	before := time.Now()
	var at time.Time
	err = p.db.Pool().QueryRow(ctx, `select current_setting('server_version'), current_setting('server_version_num')::int / 10000,
		current_user, clock_timestamp()`).Scan(&version, &major, &role, &at)
	if err != nil {
		return []finding{{"database", err.Error(), "check the rights of the database user", true}}
	}
	db := finding{part: "database", state: "PostgreSQL " + version + ", works as " + role + ", schema is up to date"}
	if major < 15 {
		db.mend, db.grave = "PostgreSQL 15 or newer is needed", true
	}
	skew := at.Sub(before.Add(time.Since(before) / 2))
	clock := finding{part: "clock", state: fmt.Sprintf("differs from the database by %.1f s", skew.Abs().Seconds())}
	if skew.Abs() > 5*time.Second {
		clock.mend = "let both machines keep time by NTP; the database's clock decides deadlines"
	}
	return []finding{db, clock}
}

func checkStore(ctx context.Context, cfg Config) finding {
	f := finding{part: "store"}
	if cfg.EmbeddedStore() {
		f.state = "embedded; `fieldtrial serve` starts it"
		if state, running := readiness(ctx, cfg); running {
			f.state = "embedded, " + state
			if state != "answers" {
				f.mend, f.grave = "look at the log of `fieldtrial serve`", true
			}
		}
		return f
	}
	s, err := openStore(cfg, nil)
	if err == nil {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		err = s.EnsureBucket(ctx)
	}
	f.state = cfg.S3.Endpoint + ", bucket " + cfg.S3.Bucket
	if err != nil {
		f.state, f.mend, f.grave = err.Error(), "check FIELDTRIAL_S3_* and that the store is up", true
	}
	return f
}

// readiness asks the running server of this address.
func readiness(ctx context.Context, cfg Config) (string, bool) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, defaultPublicURL(cfg.Addr)+"/readyz", nil)
	if err != nil {
		return "", false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", false
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode == http.StatusOK {
		return "answers", true
	}
	return "does not answer", true
}

func checkMail(ctx context.Context, cfg Config) finding {
	if cfg.EmbeddedMail() {
		f := finding{part: "mail", state: "stays here, on the page /dev/mail"}
		if !cfg.Loopback() {
			f.mend = "set FIELDTRIAL_SMTP_HOST: nobody gets any mail"
		}
		return f
	}
	f := finding{part: "mail", state: fmt.Sprintf("%s:%d as %s", cfg.SMTP.Host, cfg.SMTP.Port, cfg.SMTP.From)}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	m, err := openMail(cfg, "")
	if err == nil {
		err = m.Check(ctx)
	}
	if err != nil {
		f.state, f.mend, f.grave = err.Error(), "check FIELDTRIAL_SMTP_*", true
	}
	return f
}

func checkScanner(ctx context.Context, cfg Config) finding {
	f := finding{part: "scanner"}
	s := openScanner(cfg)
	if s == nil {
		f.state, f.mend = "none: files are marked \"not scanned\"", "set FIELDTRIAL_CLAMD_ADDR to a clamd"
		return f
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	version, err := s.Version(ctx)
	f.state = version
	if err != nil {
		f.state, f.mend = err.Error(), "start clamd or mend FIELDTRIAL_CLAMD_ADDR; until then files are marked \"not scanned\""
		f.grave = !errors.Is(err, context.Canceled) && !cfg.OpenUnscanned
	}
	return f
}

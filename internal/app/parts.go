package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"fieldtrial/internal/database"
	"fieldtrial/internal/embedded"
	"fieldtrial/migrations"
)

// parts are the things outside the program that it works with, started or connected to.
type parts struct {
	db       *database.DB
	ownerURL string
	postgres *embedded.Postgres
	s3       *embedded.S3
	mailbox  *embedded.Mailbox
	running  string // the file that tells other commands how to reach the embedded database
}

// running is kept beside the embedded database while it serves, so that `seed`, `admin` and
// `doctor` of the same data folder can reach it.
type running struct {
	OwnerURL   string `json:"ownerUrl"`
	RuntimeURL string `json:"runtimeUrl"`
	PID        int    `json:"pid"`

	Store runningStore `json:"store"`
}

// runningStore says how to reach the embedded object store.
type runningStore struct {
	Socket    string `json:"socket"`
	AccessKey string `json:"accessKey"`
	SecretKey string `json:"secretKey"`
}

// runningFile is where running is kept.
func runningFile(cfg Config) string { return filepath.Join(cfg.Data, "postgres", "running.json") }

// tellStore adds to running how the embedded store is reached, once it is up.
func (p *parts) tellStore() error {
	if p.running == "" || p.s3 == nil {
		return nil
	}
	r, err := readRunning(p.running)
	if err != nil {
		return err
	}
	r.Store = runningStore{p.s3.Socket(), p.s3.AccessKey(), p.s3.SecretKey()}
	return writeRunning(p.running, r)
}

// progress says on the terminal what is being waited for.
type progress struct{ w io.Writer }

func (p progress) step(what string, f func() error) error {
	start := time.Now()
	err := f()
	if err == nil && p.w != nil {
		fmt.Fprintf(p.w, "  %-34s %5.1f s\n", what, time.Since(start).Seconds())
	}
	return err
}

// openDatabase starts the embedded Postgres, or connects to the configured one or to the one that
// a running `serve` of the same folder holds (shared), and migrates.
func openDatabase(ctx context.Context, cfg Config, log *slog.Logger, p progress, shared bool) (_ *parts, err error) {
	out := &parts{}
	defer func() {
		if err != nil {
			out.close()
		}
	}()
	runtimeURL := cfg.DatabaseURL
	out.ownerURL = cfg.OwnerURL
	if out.ownerURL == "" {
		out.ownerURL = runtimeURL
	}
	if cfg.EmbeddedDatabase() {
		if err := makeData(cfg); err != nil {
			return nil, err
		}
		state := runningFile(cfg)
		err = p.step("database", func() error {
			out.postgres, err = embedded.StartPostgres(ctx, embedded.PostgresConfig{
				Dir: filepath.Join(cfg.Data, "postgres"), BinDir: cfg.PostgresBin, Log: log,
				NodeModules: []string{"web/node_modules"},
			})
			return err
		})
		switch {
		case errors.Is(err, embedded.ErrInUse) && shared:
			r, rerr := readRunning(state)
			if rerr != nil {
				return nil, fmt.Errorf("%w (and how to reach it is not known: %w)", err, rerr)
			}
			out.ownerURL, runtimeURL = r.OwnerURL, r.RuntimeURL
		case errors.Is(err, embedded.ErrInUse):
			return nil, fmt.Errorf("another fieldtrial already serves the data folder %s; stop it, or give this one its own with FIELDTRIAL_DATA", cfg.Data)
		case err != nil:
			return nil, err
		default:
			out.ownerURL, runtimeURL = out.postgres.OwnerDSN(), out.postgres.RuntimeDSN()
			out.running = state
			if err = writeRunning(state, running{OwnerURL: out.ownerURL, RuntimeURL: runtimeURL, PID: os.Getpid()}); err != nil {
				return nil, err
			}
		}
	}
	err = p.step("schema", func() error {
		_, err := database.Migrate(ctx, out.ownerURL, migrations.Files)
		return err
	})
	if err != nil {
		return nil, err
	}
	out.db, err = database.Open(ctx, database.Config{URL: runtimeURL})
	return out, err
}

// makeData makes the data folder so that others may pass through it: the database runs as another
// user when the program runs as root.
func makeData(cfg Config) error {
	if err := os.MkdirAll(cfg.Data, 0o711); err != nil { //nolint:gosec // see above
		return fmt.Errorf("the data folder cannot be made: %w; set FIELDTRIAL_DATA to one that can", err)
	}
	return nil
}

func readRunning(path string) (running, error) {
	var r running
	b, err := os.ReadFile(path) //nolint:gosec // our own data folder
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(b, &r)
}

func writeRunning(path string, r running) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600)
}

// startStore starts the embedded S3 and mailbox where none is configured.
func (p *parts) startStore(ctx context.Context, cfg Config, log *slog.Logger) error {
	g, ctx := errgroup.WithContext(ctx)
	if cfg.EmbeddedStore() {
		g.Go(func() (err error) {
			p.s3, err = embedded.StartS3(ctx, embedded.S3Config{Dir: filepath.Join(cfg.Data, "store"), Log: log})
			return err
		})
	}
	if cfg.EmbeddedMail() {
		g.Go(func() (err error) {
			p.mailbox, err = embedded.StartMailbox(ctx, embedded.MailboxConfig{Dir: filepath.Join(cfg.Data, "mailbox"), Log: log})
			return err
		})
	}
	return g.Wait()
}

// close stops everything, in the reverse order of its need.
func (p *parts) close() {
	if p.db != nil {
		p.db.Close()
	}
	if p.mailbox != nil {
		p.mailbox.Stop()
	}
	if p.s3 != nil {
		p.s3.Stop()
	}
	if p.running != "" {
		_ = os.Remove(p.running)
	}
	if p.postgres != nil {
		p.postgres.Stop()
	}
}

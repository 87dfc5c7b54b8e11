package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	ownerRole   = "fieldtrial_owner"
	runtimeRole = "fieldtrial_runtime"
	database    = "fieldtrial"

	socketName = ".s.PGSQL.5432.lock" // the longer of the two names PostgreSQL makes
	patience   = 20 * time.Second
)

// cluster is a data folder together with what is needed to run it.
type cluster struct {
	bin    binaries
	id     identity
	data   string // folder of the cluster
	sock   string // folder of its socket
	owner  string // password of the owner role
	noSync bool
	log    *slog.Logger
}

// server is one running postmaster.
type server struct {
	*process
	tail *tail
}

// dsn addresses a database of the cluster through its socket.
func (c cluster) dsn(role, password, db string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(role, password), Path: "/" + db,
		RawQuery: url.Values{"host": {c.sock}, "port": {"5432"}, "sslmode": {"disable"}}.Encode(),
	}
	return u.String()
}

func (c cluster) ownerDSN(db string) string { return c.dsn(ownerRole, c.owner, db) }

// initdb makes the cluster under another name and renames it when it is whole:
// a data folder that exists is complete.
func (c cluster) initdb(ctx context.Context) error {
	half := c.data + ".new"
	if err := errors.Join(clearOrphans(half, patience), os.RemoveAll(half)); err != nil {
		return fmt.Errorf("embedded: cannot remove a half-made database: %w", err)
	}
	if err := os.Mkdir(half, 0o700); err != nil {
		return fmt.Errorf("embedded: cannot make the database's folder: %w", err)
	}
	if err := c.id.own(half); err != nil {
		return fmt.Errorf("embedded: cannot hand over the database's folder: %w", err)
	}
	pw := filepath.Join(c.sock, "password") // a pipe will not do: the other user may not open it
	defer func() { _ = os.Remove(pw) }()
	if err := errors.Join(os.WriteFile(pw, []byte(c.owner+"\n"), 0o600), c.id.own(pw)); err != nil {
		return fmt.Errorf("embedded: cannot pass the password to initdb: %w", err)
	}
	args := []string{"-D", half, "-U", ownerRole, "-A", "scram-sha-256", "--pwfile=" + pw,
		"-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"}
	if c.bin.major >= 17 {
		args = append(args, "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
	}
	if c.noSync {
		args = append(args, "--no-sync")
	}
	cmd := c.id.command(c.bin.path("initdb"), half, args...)
	out := &tail{name: "initdb"}
	cmd.Stdout, cmd.Stderr = out, out
	p, err := startProcess(cmd, syscall.SIGKILL)
	if err != nil {
		return fmt.Errorf("embedded: initdb: %w", err)
	}
	select {
	case <-p.ended:
	case <-ctx.Done():
		p.stop(0)
		return ctx.Err()
	}
	if p.err != nil {
		_ = os.RemoveAll(half)
		return fmt.Errorf("embedded: initdb: %w: %s", p.err, out)
	}
	if err := os.Rename(half, c.data); err != nil {
		return fmt.Errorf("embedded: cannot name the database's folder: %w", err)
	}
	return fsync(filepath.Dir(c.data))
}

// start runs the postmaster, of which none may be left, and waits until it answers as the owner.
func (c cluster) start(ctx context.Context) (*server, error) {
	settings := []string{
		"listen_addresses=", "unix_socket_permissions=0700", "cluster_name=fieldtrial",
		"max_connections=200", "timezone=UTC", "log_timezone=UTC",
		// What the statements of an ordinary day get wrong is the program's to
		// report; here it would only copy people's data into the log.
		"log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse",
	}
	if c.noSync {
		settings = append(settings, "fsync=off", "full_page_writes=off")
	}
	args := []string{"-D", c.data, "-k", c.sock}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	// The socket's lock file holds the number of a postmaster that is gone, and
	// like postmaster.pid it would stop the start if another process now has it.
	for _, name := range []string{".s.PGSQL.5432", ".s.PGSQL.5432.lock"} {
		_ = os.Remove(filepath.Join(c.sock, name))
	}
	cmd := c.id.command(c.bin.path("postgres"), c.data, args...)
	out := &tail{name: "postgres", log: c.log}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.WaitDelay = time.Second                 // backends that outlive a killed postmaster hold the pipe
	p, err := startProcess(cmd, syscall.SIGINT) // SIGINT is the fast shutdown
	if err != nil {
		return nil, fmt.Errorf("embedded: postgres: %w", err)
	}
	s := &server{process: p, tail: out}
	if err := c.await(ctx, s); err != nil {
		s.stop(patience, syscall.SIGINT, syscall.SIGQUIT)
		return nil, err
	}
	return s, nil
}

// await returns once the owner can log in.
func (c cluster) await(ctx context.Context, s *server) error {
	for {
		select {
		case <-s.ended:
			return fmt.Errorf("embedded: postgres ended while starting: %w: %s", s.ending(), s.tail)
		case <-ctx.Done():
			return fmt.Errorf("embedded: postgres was not ready in time: %w: %s", ctx.Err(), s.tail)
		case <-time.After(10 * time.Millisecond):
		}
		conn, err := pgx.Connect(ctx, c.ownerDSN("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		var refusal *pgconn.PgError
		if errors.As(err, &refusal) && !strings.HasPrefix(refusal.Code, "57P") { // 57P03: still starting
			return fmt.Errorf("embedded: the owner cannot log in to the database: %w", err)
		}
	}
}

package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// PostgresConfig says where the private database lives and with what it runs.
type PostgresConfig struct {
	// Dir holds everything: the cluster (pg15, pg18, …), passwords, socket, lock.
	Dir string
	// BinDir overrides the search for PostgreSQL's programs (FIELDTRIAL_POSTGRES_BIN).
	BinDir string
	// NodeModules are folders where npm's @embedded-postgres packages are looked for.
	NodeModules []string
	// NoSync trades durability for speed; for tests alone.
	NoSync bool
	// Log may be nil.
	Log *slog.Logger
}

// Postgres is a running private database that restarts when it dies.
type Postgres struct {
	cluster
	runtime string // password of the runtime role
	lock    *os.File
	kept    []string
	done    chan error

	mu      sync.Mutex
	server  *server
	closing chan struct{}
	closed  bool
	over    chan struct{} // closed when the supervisor has ended
}

// StartPostgres starts the private database, making or upgrading it first where
// needed. ctx bounds the start alone. Errors: ErrInUse, ErrNoBinaries,
// ErrNoIdentity, ErrOldBinaries, ErrNewerData, or what the system refused.
func StartPostgres(ctx context.Context, cfg PostgresConfig) (_ *Postgres, err error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	p := &Postgres{done: make(chan error, 1), closing: make(chan struct{}), over: make(chan struct{})}
	if p.lock, err = lockFolder(dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = p.lock.Close()
		}
	}()
	plan, err := makePlan(dir, cfg)
	if err != nil {
		return nil, err
	}
	if p.cluster, p.runtime, err = prepare(dir, plan, cfg); err != nil {
		return nil, err
	}
	if err := p.ensureData(ctx, plan); err != nil {
		return nil, err
	}
	if p.kept, err = keepOld(dir, plan.use.major); err != nil {
		return nil, err
	}
	if err := clearOrphans(p.data, patience); err != nil {
		return nil, err
	}
	if p.server, err = p.start(ctx); err != nil {
		return nil, err
	}
	if err := p.ensureRoles(ctx); err != nil {
		p.server.stop(patience, syscall.SIGINT, syscall.SIGQUIT)
		return nil, err
	}
	go p.supervise() //nolint:gosec // it outlives ctx, which bounds the start alone
	return p, nil
}

// prepare gathers the identity, the folders and the passwords.
func prepare(dir string, plan plan, cfg PostgresConfig) (c cluster, runtime string, err error) {
	c = cluster{bin: plan.use, data: dataFolder(dir, plan.use.major), noSync: cfg.NoSync, log: cfg.Log}
	if c.id, err = chooseIdentity(plan.programs(), dir); err != nil {
		return c, "", err
	}
	if c.sock, err = socketFolder(filepath.Join(dir, "sock"), socketName, c.id.uid); err != nil {
		return c, "", err
	}
	if err = c.id.own(c.sock); err != nil {
		return c, "", err
	}
	ownerFile := filepath.Join(dir, "owner.password")
	if _, missing := os.Stat(ownerFile); plan.have > 0 && errors.Is(missing, os.ErrNotExist) {
		return c, "", fmt.Errorf("embedded: %s is missing, and the database in %s opens with nothing else: "+
			"put the file back from a backup", ownerFile, dir)
	}
	if c.owner, err = keepSecret(ownerFile); err != nil {
		return c, "", err
	}
	runtime, err = keepSecret(filepath.Join(dir, "runtime.password"))
	return c, runtime, err
}

// ensureData leaves a whole cluster of the chosen version in place.
func (p *Postgres) ensureData(ctx context.Context, plan plan) error {
	switch plan.have {
	case plan.use.major:
		return p.id.own(p.data)
	case 0:
		p.log.Info("making the database", "folder", p.data, "version", plan.use.major)
		return p.initdb(ctx)
	}
	p.log.Info("upgrading the database", "from", plan.have, "to", plan.use.major)
	return p.upgrade(ctx, plan)
}

// ensureRoles makes the runtime role and the database where they are missing.
func (p *Postgres) ensureRoles(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, p.ownerDSN("postgres"))
	if err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	var role, db bool
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1),
		EXISTS (SELECT FROM pg_database WHERE datname = $2)`, runtimeRole, database).Scan(&role, &db)
	if err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	verb := "ALTER"
	if !role {
		verb = "CREATE"
	}
	// The password is hexadecimal: it needs no quoting. It is set at each start,
	// so that a lost runtime.password heals itself.
	_, err = conn.Exec(ctx, verb+" ROLE "+runtimeRole+
		" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '"+p.runtime+"'")
	if err == nil && !db {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+database)
	}
	if err != nil {
		return fmt.Errorf("embedded: cannot make the database's roles: %w", err)
	}
	return nil
}

// supervise starts the postmaster again whenever it ends unasked.
func (p *Postgres) supervise() {
	defer close(p.over)
	defer close(p.done)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { <-p.closing; cancel() }()
	var pace backoff
	for {
		pace.born()
		select {
		case <-p.closing:
			return
		case <-p.server.ended:
		}
		p.log.Error("the database ended by itself and is started again", "error", p.server.err)
		for pace.died(); ; {
			if !pace.wait(p.closing) {
				return
			}
			err := p.restart(ctx)
			if err == nil {
				break
			}
			p.log.Error("the database does not start", "error", err)
			if pace.exhausted() {
				p.done <- err
				return
			}
		}
	}
}

func (p *Postgres) restart(ctx context.Context) error {
	if err := clearOrphans(p.data, patience); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute) // recovery after a crash may be long
	defer cancel()
	s, err := p.start(ctx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	p.server = s
	p.mu.Unlock()
	return nil
}

// OwnerDSN is the address for migrations and backups: a superuser.
func (p *Postgres) OwnerDSN() string { return p.ownerDSN(database) }

// RuntimeDSN is the address for everything else: a role without special rights.
func (p *Postgres) RuntimeDSN() string { return p.dsn(runtimeRole, p.runtime, database) }

// PID is the process id of the running postmaster; it changes at a restart.
func (p *Postgres) PID() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.server.pid()
}

// Major is the major version of the running PostgreSQL.
func (p *Postgres) Major() int { return p.bin.major }

// Done gives one error when the database has died and could not be started
// again, and is closed when the supervisor ends.
func (p *Postgres) Done() <-chan error { return p.done }

// Stop ends the database by a fast shutdown and releases its folder. It may be
// called more than once.
func (p *Postgres) Stop() {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		<-p.over
		return
	}
	p.closed = true
	close(p.closing)
	p.mu.Unlock()
	<-p.over
	// After a supervisor that gave up, this server has ended already.
	p.server.stop(patience, syscall.SIGINT, syscall.SIGQUIT)
	_ = os.Remove(p.sock) // only where it is empty
	_ = p.lock.Close()
}

package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// upgrade dumps the older cluster with its own programs and loads the dump into
// a new one, which takes its final name only when every row is there. Killed at
// any moment, it starts over; the older folder is never written to.
func (p *Postgres) upgrade(ctx context.Context, plan plan) error {
	dir := filepath.Dir(p.data)
	fresh := p.cluster
	fresh.data += ".upgrade"
	work := filepath.Join(dir, "upgrade.dump")
	for _, leftover := range []string{fresh.data, work} {
		if err := errors.Join(clearOrphans(leftover, patience), os.RemoveAll(leftover)); err != nil {
			return fmt.Errorf("embedded: cannot clear an unfinished upgrade: %w", err)
		}
	}
	if err := os.Mkdir(work, 0o700); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()

	old := p.cluster
	old.bin, old.data = plan.old, dataFolder(dir, plan.have)
	if err := errors.Join(clearOrphans(old.data, patience), p.id.own(old.data)); err != nil {
		return err
	}
	m := migration{dump: plan.dump, work: work}
	if err := old.run(ctx, m.save); err != nil {
		return fmt.Errorf("embedded: upgrade from %d to %d, reading the old data: %w", plan.have, plan.use.major, err)
	}
	if err := fresh.initdb(ctx); err != nil {
		return err
	}
	if err := fresh.run(ctx, m.load); err != nil {
		return fmt.Errorf("embedded: upgrade from %d to %d, loading the data: %w", plan.have, plan.use.major, err)
	}
	if err := os.Rename(fresh.data, p.data); err != nil {
		return fmt.Errorf("embedded: %w", err)
	}
	return fsync(dir)
}

// run starts the cluster for the time of do.
func (c cluster) run(ctx context.Context, do func(context.Context, cluster) error) error {
	s, err := c.start(ctx)
	if err != nil {
		return err
	}
	defer s.stop(patience, syscall.SIGINT, syscall.SIGQUIT)
	return do(ctx, c)
}

// migration carries what one cluster holds to another.
type migration struct {
	dump      binaries
	work      string
	databases []string
	rows      map[string]int64 // "database schema.table" → rows
}

func (m *migration) file(db string) string { return filepath.Join(m.work, db) }

// save writes roles and databases to files and counts the rows.
func (m *migration) save(ctx context.Context, c cluster) error {
	err := query(ctx, c, "postgres", func(conn *pgx.Conn) (err error) {
		rows, _ := conn.Query(ctx, "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")
		m.databases, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return err
	}
	if err := m.tool(ctx, c, "roles", "pg_dumpall", "--roles-only", "--database=postgres"); err != nil {
		return err
	}
	for _, db := range m.databases {
		if err := m.tool(ctx, c, "db-"+db, "pg_dump", "--format=custom", "--create", "--compress=1", "--dbname="+db); err != nil {
			return err
		}
	}
	m.rows, err = countRows(ctx, c, m.databases)
	return err
}

// load puts roles and databases back and compares the counts.
func (m *migration) load(ctx context.Context, c cluster) error {
	if err := query(ctx, c, "postgres", func(conn *pgx.Conn) error { return m.loadRoles(ctx, conn) }); err != nil {
		return err
	}
	for _, db := range m.databases {
		if err := m.tool(ctx, c, "", "pg_restore", "--exit-on-error", "--create", "--dbname=postgres", m.file("db-"+db)); err != nil {
			return err
		}
		err := query(ctx, c, db, func(conn *pgx.Conn) error {
			_, err := conn.Exec(ctx, "ANALYZE")
			return err
		})
		if err != nil {
			return err
		}
	}
	rows, err := countRows(ctx, c, m.databases)
	if err != nil {
		return err
	}
	if !maps.Equal(rows, m.rows) {
		return fmt.Errorf("the new database does not hold the same rows: %v, not %v", rows, m.rows)
	}
	return nil
}

// loadRoles runs the statements pg_dumpall wrote, one a line. The owner is there
// already; its line that creates it is the only one that may fail.
func (m *migration) loadRoles(ctx context.Context, conn *pgx.Conn) error {
	b, err := os.ReadFile(m.file("roles"))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "CREATE ROLE") && !strings.HasPrefix(line, "ALTER ROLE") && !strings.HasPrefix(line, "GRANT") {
			continue
		}
		_, err := conn.Exec(ctx, line)
		var refusal *pgconn.PgError
		if errors.As(err, &refusal) && refusal.Code == "42710" {
			continue
		}
		if err != nil {
			return fmt.Errorf("%w in %q", err, strings.SplitAfter(line, "PASSWORD")[0])
		}
	}
	return nil
}

// tool runs a client program against c; its output goes to the named file.
func (m *migration) tool(ctx context.Context, c cluster, out, program string, args ...string) error {
	cmd := c.id.command(m.dump.path(program), "/", append([]string{"--host=" + c.sock, "--username=" + ownerRole}, args...)...)
	cmd.Env = append(cmd.Env, "PGPASSWORD="+c.owner)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	if out != "" {
		f, err := os.OpenFile(m.file(out), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		cmd.Stdout = f
	} else if f, err := os.Open(args[len(args)-1]); err == nil {
		// The tool's user may not enter the folder: hand it the open file.
		defer func() { _ = f.Close() }()
		cmd.Stdin, cmd.Args = f, cmd.Args[:len(cmd.Args)-1]
	}
	p, err := startProcess(cmd, syscall.SIGKILL)
	if err != nil {
		return fmt.Errorf("%s: %w", program, err)
	}
	select {
	case <-p.ended:
	case <-ctx.Done():
		p.stop(0)
		return ctx.Err()
	}
	if p.err != nil {
		return fmt.Errorf("%s: %w: %s", program, p.err, strings.TrimSpace(complaint.String()))
	}
	return nil
}

func query(ctx context.Context, c cluster, db string, do func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, c.ownerDSN(db))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	return do(conn)
}

func countRows(ctx context.Context, c cluster, databases []string) (map[string]int64, error) {
	counts := map[string]int64{}
	for _, db := range databases {
		err := query(ctx, c, db, func(conn *pgx.Conn) error {
			rows, _ := conn.Query(ctx, `SELECT format('%I.%I', n.nspname, c.relname)
				FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
				WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'`)
			tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
			for _, t := range tables {
				var n int64
				if err = conn.QueryRow(ctx, "SELECT count(*) FROM "+t).Scan(&n); err != nil {
					break
				}
				counts[db+" "+t] = n
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return counts, nil
}

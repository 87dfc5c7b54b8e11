package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

// Tx is one open transaction, seen by GORM and by pgx (and so by River) alike. Every function that
// writes takes one.
type Tx struct {
	ctx  context.Context
	pgx  pgx.Tx
	gorm *gorm.DB
	done *[]func()
	res  *string
}

// Context is the request's context.
func (tx Tx) Context() context.Context { return tx.ctx }

// Pgx gives the transaction for SQL and for River.
func (tx Tx) Pgx() pgx.Tx { return tx.pgx }

// Gorm gives the transaction for flat rows: Create, Take, Updates with a guarded WHERE.
func (tx Tx) Gorm() *gorm.DB { return tx.gorm }

// Now is the database's clock at this moment (not at the transaction's start): read it after the
// lock that protects a deadline.
func (tx Tx) Now() (time.Time, error) {
	var t time.Time
	err := tx.pgx.QueryRow(tx.ctx, "select clock_timestamp()").Scan(&t)
	return t, err
}

// AfterCommit runs f once the transaction is durable; never when it rolled back.
func (tx Tx) AfterCommit(f func()) { *tx.done = append(*tx.done, f) }

// InTx runs fn in one transaction. An error or a panic rolls everything back: rows, jobs, notices
// and record leaves. Broken constraints come back as the sentinels registered for them. When the
// context carries an idempotency key that was used before, fn does not run and the error is a
// *Replay.
func (db *DB) InTx(ctx context.Context, fn func(Tx) error) error {
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer func() { _ = conn.Close() }()
	var raw *pgx.Conn
	if err := conn.Raw(func(c any) error { raw = c.(*stdlib.Conn).Conn(); return nil }); err != nil {
		return err
	}
	var after []func()
	var result string
	err = pgx.BeginFunc(ctx, raw, func(ptx pgx.Tx) error {
		g := db.gorm.Session(&gorm.Session{NewDB: true, Context: ctx, SkipDefaultTransaction: true})
		g.Statement.ConnPool = connPool{conn, ptx, ctx}
		tx := Tx{ctx: ctx, pgx: ptx, gorm: g, done: &after, res: &result}
		key, keyed := idempotencyOf(ctx)
		if keyed {
			if err := claim(tx, key); err != nil {
				return err
			}
		}
		if err := fn(tx); err != nil {
			return err
		}
		if keyed {
			return settle(tx, key, result)
		}
		return nil
	})
	if err != nil {
		return translate(err)
	}
	for _, f := range after {
		f()
	}
	return nil
}

// connPool lets GORM run on a connection that is already inside a pgx transaction. On purpose it
// has no BeginTx: GORM then nests by savepoints.
type connPool struct {
	conn *sql.Conn
	tx   pgx.Tx
	ctx  context.Context
}

func (p connPool) PrepareContext(ctx context.Context, q string) (*sql.Stmt, error) {
	return p.conn.PrepareContext(ctx, q)
}

func (p connPool) ExecContext(ctx context.Context, q string, a ...any) (sql.Result, error) {
	return p.conn.ExecContext(ctx, q, a...)
}

func (p connPool) QueryContext(ctx context.Context, q string, a ...any) (*sql.Rows, error) {
	return p.conn.QueryContext(ctx, q, a...)
}

func (p connPool) QueryRowContext(ctx context.Context, q string, a ...any) *sql.Row {
	return p.conn.QueryRowContext(ctx, q, a...)
}

func (p connPool) Commit() error   { return p.tx.Commit(p.ctx) }
func (p connPool) Rollback() error { return p.tx.Rollback(p.ctx) }

// NotFound reports whether a read found no row, by GORM or by pgx.
func NotFound(err error) bool {
	return errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, pgx.ErrNoRows)
}

// OneRow turns "no row changed" into the given error: the guarded WHERE did not hold.
func OneRow(res *gorm.DB, otherwise error) error {
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected != 1 {
		return otherwise
	}
	return nil
}

// Lock takes an advisory lock until the transaction ends, named by text.
func (tx Tx) Lock(name string) error {
	if _, err := tx.pgx.Exec(tx.ctx, "select pg_advisory_xact_lock(hashtextextended($1, 0))", name); err != nil {
		return fmt.Errorf("database: lock %s: %w", name, err)
	}
	return nil
}

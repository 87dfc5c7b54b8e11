// Package database opens the one pool that serves pgx, GORM and River, and the transactions that
// all three share.
package database

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// RuntimeRole is the role the application works as: it may not change the schema, nor update or
// delete what is on record.
const RuntimeRole = "fieldtrial_runtime"

// Config says where the database is. URL is a libpq string or URL. MaxConns 0 means 16.
type Config struct {
	URL      string
	MaxConns int32
}

// DB is the open database. It is safe for concurrent use.
type DB struct {
	pool *pgxpool.Pool
	sql  *sql.DB
	gorm *gorm.DB
}

// Open connects and checks the connection. Every session works as RuntimeRole in UTC, whichever
// role the URL names, so that one URL is enough for small installations.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	pc, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("database: the database URL cannot be read: %w", err)
	}
	pc.MaxConns = cfg.MaxConns
	if pc.MaxConns == 0 {
		pc.MaxConns = 16
	}
	pc.MaxConnIdleTime = 5 * time.Minute
	pc.ConnConfig.RuntimeParams["timezone"] = "UTC"
	pc.ConnConfig.RuntimeParams["application_name"] = "fieldtrial"
	pc.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "set role "+RuntimeRole)
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("database: no answer: %w", err)
	}
	std := stdlib.OpenDBFromPool(pool)
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: std}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard,
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("database: %w", err)
	}
	return &DB{pool: pool, sql: std, gorm: g}, nil
}

// Pool gives the pool for reads by pgx: lists, aggregates, exports.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Read gives a GORM session for reads outside a transaction. Writes take a Tx.
func (db *DB) Read(ctx context.Context) *gorm.DB {
	return db.gorm.Session(&gorm.Session{NewDB: true, Context: ctx})
}

// Close ends all connections.
func (db *DB) Close() {
	_ = db.sql.Close()
	db.pool.Close()
}

// Now reads the database's clock, the one that decides deadlines.
func (db *DB) Now(ctx context.Context) (time.Time, error) {
	var t time.Time
	err := db.pool.QueryRow(ctx, "select clock_timestamp()").Scan(&t)
	return t, err
}

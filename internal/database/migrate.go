package database

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// Migrate brings the schema up to date as the owner: ours by goose, under its session lock so that
// two processes may start at once, then the job queue's own. It returns how many of ours were
// applied.
func Migrate(ctx context.Context, ownerURL string, files fs.FS) (int, error) {
	p, db, err := provider(ownerURL, files)
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	done, err := p.Up(ctx)
	if err != nil {
		return len(done), fmt.Errorf("database: migrate: %w", err)
	}
	return len(done), migrateQueue(ctx, ownerURL)
}

// MigrateDown takes back every migration of ours, for the up-down-up test.
func MigrateDown(ctx context.Context, ownerURL string, files fs.FS) error {
	p, db, err := provider(ownerURL, files)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = p.DownTo(ctx, 0)
	return err
}

func provider(ownerURL string, files fs.FS) (*goose.Provider, *sql.DB, error) {
	cfg, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return nil, nil, fmt.Errorf("database: the owner's URL cannot be read: %w", err)
	}
	db := stdlib.OpenDB(*cfg)
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, nil, err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker))
	if err != nil {
		return nil, nil, fmt.Errorf("database: migrations: %w", err)
	}
	return p, db, nil
}

func migrateQueue(ctx context.Context, ownerURL string) error {
	pool, err := pgxpool.New(ctx, ownerURL)
	if err != nil {
		return err
	}
	defer pool.Close()
	m, err := rivermigrate.New(riverpgxv5.New(pool), nil)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("database: migrate the job queue: %w", err)
	}
	return nil
}

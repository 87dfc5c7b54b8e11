// Package testkit gives tests real parts: a database of their own cloned from a migrated template,
// rows to start from, and a clock.
package testkit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/migrations"
)

// server is the Postgres of this test binary: the one that FIELDTRIAL_TEST_DATABASE_URL names (as
// a superuser), else a private one.
var server = sync.OnceValues(func() (string, error) {
	if url := os.Getenv("FIELDTRIAL_TEST_DATABASE_URL"); url != "" {
		return url, nil
	}
	return startPrivate()
})

var template = sync.OnceValues(func() (string, error) {
	url, err := server()
	if err != nil {
		return "", err
	}
	return makeTemplate(url)
})

// DB gives the test an empty, migrated database of its own, and drops it afterwards.
func DB(t testing.TB) *database.DB {
	t.Helper()
	db, _ := DBWithOwner(t)
	return db
}

// DBWithOwner is DB, with the URL of the owner's role beside it.
func DBWithOwner(t testing.TB) (*database.DB, string) {
	t.Helper()
	tmpl, err := template()
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	url, _ := server()
	name := "ft_test_" + random()
	run(t, url, fmt.Sprintf("create database %s template %s", name, tmpl))
	t.Cleanup(func() { run(t, url, fmt.Sprintf("drop database if exists %s with (force)", name)) })
	own := withName(t, url, name)
	db, err := database.Open(context.Background(), database.Config{URL: own, MaxConns: 12})
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	t.Cleanup(db.Close)
	return db, own
}

// Empty gives the owner's URL of a database with no schema at all, for tests of the migrations.
func Empty(t testing.TB) string {
	t.Helper()
	url, err := server()
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	name := "ft_empty_" + random()
	run(t, url, "create database "+name+" template template0")
	t.Cleanup(func() { run(t, url, fmt.Sprintf("drop database if exists %s with (force)", name)) })
	return withName(t, url, name)
}

// makeTemplate migrates a template once per schema and server, whoever comes first.
func makeTemplate(url string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	name := "ft_template_" + schemaHash()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return "", err
	}
	defer func() { _ = c.Close(ctx) }()
	if _, err := c.Exec(ctx, "select pg_advisory_lock(727001)"); err != nil {
		return "", err
	}
	var ready bool
	err = c.QueryRow(ctx, `select coalesce((select datistemplate from pg_database where datname = $1), false)`, name).Scan(&ready)
	if err != nil || ready {
		return name, err
	}
	if _, err := c.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		return "", err
	}
	if _, err := c.Exec(ctx, "create database "+name+" template template0"); err != nil {
		return "", err
	}
	own, err := named(url, name)
	if err != nil {
		return "", err
	}
	if _, err := database.Migrate(ctx, own, migrations.Files); err != nil {
		return "", err
	}
	_, err = c.Exec(ctx, "alter database "+name+" is_template true")
	return name, err
}

func schemaHash() string {
	h := sha256.New()
	_ = fs.WalkDir(migrations.Files, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, _ := migrations.Files.ReadFile(p)
			h.Write(b)
		}
		return err
	})
	return hex.EncodeToString(h.Sum(nil))[:12]
}

func random() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

func run(t testing.TB, url, sql string) {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	defer func() { _ = c.Close(ctx) }()
	if _, err := c.Exec(ctx, sql); err != nil {
		t.Fatalf("test database: %s: %v", sql, err)
	}
}

func withName(t testing.TB, url, name string) string {
	t.Helper()
	own, err := named(url, name)
	if err != nil {
		t.Fatal(err)
	}
	return own
}

// named gives the same connection to another database.
func named(url, name string) (string, error) {
	c, err := pgx.ParseConfig(url)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("host='%s' port=%d user='%s' password='%s' dbname=%s sslmode=disable", c.Host, c.Port, c.User, c.Password, name), nil
}

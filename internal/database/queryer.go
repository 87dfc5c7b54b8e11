package database

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Queryer reads: a pool or an open transaction.
type Queryer interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

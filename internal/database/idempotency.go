package database

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/fault"
)

// Idempotency names one wish of one actor: the same key with the same hash is the same wish.
type Idempotency struct {
	Actor string // person id, or the client address for those who have none
	Key   string // the Idempotency-Key header, 1–128 characters
	Hash  []byte // SHA-256 of method, path and body
}

// ErrKeyReused says that the key came again with another request.
var ErrKeyReused = fault.New(fault.Conflict, "request.key_reused", "This Idempotency-Key was used for another request.")

// Replay is InTx's answer to a repeated wish: Result is what the first run kept with Remember, and
// from which the handler builds its answer again.
type Replay struct{ Result string }

// Error names the replay; it never reaches a client.
func (r *Replay) Error() string { return "idempotent replay of " + r.Result }

// Replayed reports whether err is a replay and gives the first run's result.
func Replayed(err error) (string, bool) {
	var r *Replay
	if errors.As(err, &r) {
		return r.Result, true
	}
	return "", false
}

// Remember keeps the id that a repeat of this request is answered from.
func (tx Tx) Remember(result string) { *tx.res = result }

type idempotencyKey struct{}

// WithIdempotency makes the next InTx under ctx safe to repeat.
func WithIdempotency(ctx context.Context, i Idempotency) context.Context {
	return context.WithValue(ctx, idempotencyKey{}, i)
}

func idempotencyOf(ctx context.Context) (Idempotency, bool) {
	i, ok := ctx.Value(idempotencyKey{}).(Idempotency)
	return i, ok && i.Key != ""
}

// claim inserts the key; a second claimer waits here on the unique index until the first commits.
func claim(tx Tx, i Idempotency) error {
	tag, err := tx.pgx.Exec(tx.ctx, `insert into idempotency_keys (actor, key, request_hash)
		values ($1, $2, $3) on conflict do nothing`, i.Actor, i.Key, i.Hash)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 1 {
		return nil
	}
	var result string
	var same bool
	err = tx.pgx.QueryRow(tx.ctx, `select result, request_hash = $3 from idempotency_keys
		where actor = $1 and key = $2`, i.Actor, i.Key, i.Hash).Scan(&result, &same)
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.ErrUnavailable // swept between the two statements; the client tries again
	}
	if err != nil {
		return err
	}
	if !same {
		return ErrKeyReused
	}
	return &Replay{Result: result}
}

func settle(tx Tx, i Idempotency, result string) error {
	_, err := tx.pgx.Exec(tx.ctx, `update idempotency_keys set result = $3 where actor = $1 and key = $2`,
		i.Actor, i.Key, result)
	return err
}

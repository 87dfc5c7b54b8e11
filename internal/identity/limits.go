package identity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"fieldtrial/internal/database"
)

// limit is how many attempts of a kind one subject has within a window that slides.
type limit struct {
	kind   string
	most   int
	window time.Duration
}

// By account first; the limits by address are wide, since a café, a school or a city hall shares
// one.
var (
	signInsOfAccount = limit{"sign-in:account", 10, 15 * time.Minute}
	signInsOfAddress = limit{"sign-in:address", 200, 15 * time.Minute}
	codesOfAccount   = limit{"code:account", 10, 15 * time.Minute}
	mailsOfAccount   = limit{"mail:account", 5, time.Hour}
	mailsOfAddress   = limit{"mail:address", 60, time.Hour}
	tokensOfAddress  = limit{"token:address", 100, 15 * time.Minute}
	newOfAddress     = limit{"register:address", 100, time.Hour}
)

// take counts one attempt and reports whether it is within the limit. It is counted before the
// attempt is made, in a transaction of its own, so that a storm of parallel tries cannot slip
// past and a failed try stays counted.
func (s *Service) take(ctx context.Context, l limit, subject string) (bool, error) {
	subject = subjectOf(subject)
	ok := false
	err := s.db.InTx(plain(ctx), func(tx database.Tx) error {
		if err := tx.Lock("attempts " + l.kind + " " + subject); err != nil {
			return err
		}
		var n int
		err := tx.Pgx().QueryRow(ctx, `select count(*) from attempts where kind = $1 and subject = $2
			and at > clock_timestamp() - $3::interval`, l.kind, subject, l.window).Scan(&n)
		if err != nil || n >= l.most {
			return err
		}
		ok = true
		_, err = tx.Pgx().Exec(ctx, `insert into attempts (kind, subject) values ($1, $2)`, l.kind, subject)
		return err
	})
	return ok, err
}

// forget clears the attempts of a subject after a success.
func forget(tx database.Tx, l limit, subject string) error {
	_, err := tx.Pgx().Exec(tx.Context(), `delete from attempts where kind = $1 and subject = $2`, l.kind, subjectOf(subject))
	return err
}

// SweepAttempts deletes what no limit looks at any more, mailed tokens long past and tickets used up,
// and forgets client addresses after thirty days.
func (s *Service) SweepAttempts(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		if _, err := tx.Pgx().Exec(ctx, `delete from attempts where at < clock_timestamp() - interval '1 day'`); err != nil {
			return err
		}
		for _, old := range []string{
			`delete from mail_tokens where expires_at < clock_timestamp() - interval '30 days'`,
			`delete from spent_tickets where expires_at < clock_timestamp()`,
			`update sessions set address = '' where address <> '' and rotated_at < clock_timestamp() - interval '30 days'`,
		} {
			if _, err := tx.Pgx().Exec(ctx, old); err != nil {
				return err
			}
		}
		return nil
	})
}

// subjectOf keeps no typed address and no client address in the clear.
func subjectOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// plain drops an Idempotency-Key: what is done here is done anew each time it is asked for.
func plain(ctx context.Context) context.Context {
	return database.WithIdempotency(ctx, database.Idempotency{})
}

// atLeast waits until floor has passed since start, so that the time of an answer does not tell
// whether an account exists.
func atLeast(ctx context.Context, start time.Time, floor time.Duration) {
	rest := floor - time.Since(start)
	if rest <= 0 {
		return
	}
	t := time.NewTimer(rest)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

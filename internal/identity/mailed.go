package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// newToken makes a random token for a mail and the hash that is stored.
func newToken() (token string, hash []byte) {
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, hashToken(token)
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// issue makes a token for one purpose, "confirm" or "reset". Older ones of the same purpose end.
func issue(tx database.Tx, person uuid.UUID, purpose string, life time.Duration) (string, time.Time, error) {
	now, err := tx.Now()
	if err != nil {
		return "", time.Time{}, err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update mail_tokens set used_at = $3 where person_id = $1 and purpose = $2 and used_at is null`,
		person, purpose, now)
	if err != nil {
		return "", time.Time{}, err
	}
	token, hash := newToken()
	until := now.Add(life)
	_, err = tx.Pgx().Exec(tx.Context(), `insert into mail_tokens (hash, person_id, purpose, expires_at) values ($1,$2,$3,$4)`,
		hash, person, purpose, until)
	return token, until, err
}

// redeem uses a token up and gives its person. It can happen once.
func redeem(tx database.Tx, token, purpose string) (uuid.UUID, error) {
	var person uuid.UUID
	err := tx.Pgx().QueryRow(tx.Context(), `update mail_tokens set used_at = clock_timestamp()
		where hash = $1 and purpose = $2 and used_at is null and expires_at > clock_timestamp() returning person_id`,
		hashToken(token), purpose).Scan(&person)
	if database.NotFound(err) {
		return uuid.Nil, ErrLink
	}
	return person, err
}

package identity

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"fieldtrial/internal/database"
)

// ticketLife is how long the second request of a pair may take.
const ticketLife = 10 * time.Minute

// sealer closes what leaves the server between two requests, or rests in the database, so that only
// the server can read or make it. The purpose is part of the seal: a ticket for one thing opens no other.
type sealer struct{ aead cipher.AEAD }

func newSealer(key []byte) (sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCM(block)
	return sealer{aead}, err
}

func (s sealer) close(purpose string, plain []byte) []byte {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return s.aead.Seal(nonce, nonce, plain, []byte(purpose))
}

func (s sealer) open(purpose string, sealed []byte) ([]byte, bool) {
	n := s.aead.NonceSize()
	if len(sealed) < n {
		return nil, false
	}
	plain, err := s.aead.Open(nil, sealed[:n], sealed[n:], []byte(purpose))
	return plain, err == nil
}

type ticket[T any] struct {
	Until time.Time
	Body  T
}

// newTicket seals what the second request must bring back.
func newTicket[T any](ctx context.Context, s *Service, purpose string, body T) (string, error) {
	now, err := s.clock.now(ctx)
	if err != nil {
		return "", err
	}
	plain, err := json.Marshal(ticket[T]{now.Add(ticketLife), body})
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(s.seal.close(purpose, plain)), nil
}

// readTicket opens a ticket of ours that has not run out, else ErrTicket.
func readTicket[T any](ctx context.Context, s *Service, purpose, text string) (T, error) {
	var t ticket[T]
	now, err := s.clock.now(ctx)
	if err != nil {
		return t.Body, err
	}
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return t.Body, ErrTicket
	}
	plain, ok := s.seal.open(purpose, sealed)
	if !ok || json.Unmarshal(plain, &t) != nil || now.After(t.Until) {
		return t.Body, ErrTicket
	}
	return t.Body, nil
}

// spend uses a ticket up; the second time it is ErrTicket.
func spend(tx database.Tx, text string) error {
	sum := sha256.Sum256([]byte(text))
	tag, err := tx.Pgx().Exec(tx.Context(), `insert into spent_tickets (hash, expires_at)
		values ($1, clock_timestamp() + $2::interval) on conflict do nothing`, sum[:], 2*ticketLife)
	if err == nil && tag.RowsAffected() != 1 {
		return ErrTicket
	}
	return err
}

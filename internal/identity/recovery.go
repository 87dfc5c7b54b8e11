package identity

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// recoveryCount is how many codes a set has. Each has 80 random bits, shown as XXXX-XXXX-XXXX-XXXX.
const recoveryCount = 10

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// newRecoveryCodes replaces a person's codes by fresh ones, which are shown this once.
func (s *Service) newRecoveryCodes(tx database.Tx, person uuid.UUID) ([]string, error) {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from recovery_codes where person_id = $1`, person); err != nil {
		return nil, err
	}
	out := make([]string, recoveryCount)
	for i := range out {
		b := make([]byte, 10)
		_, _ = rand.Read(b)
		c := base32Plain.EncodeToString(b)
		out[i] = c[:4] + "-" + c[4:8] + "-" + c[8:12] + "-" + c[12:]
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into recovery_codes (person_id, hash) values ($1, $2)`, person, s.hashCode(c)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// hashCode is keyed with the server's secret, so that a copy of the table alone opens nothing.
func (s *Service) hashCode(code string) []byte {
	m := hmac.New(sha256.New, s.codes)
	m.Write([]byte(code))
	return m.Sum(nil)
}

// useRecoveryCode uses a code up and reports whether it was one.
func (s *Service) useRecoveryCode(tx database.Tx, person uuid.UUID, code string) (bool, error) {
	tag, err := tx.Pgx().Exec(tx.Context(), `update recovery_codes set used_at = clock_timestamp()
		where person_id = $1 and hash = $2 and used_at is null`, person, s.hashCode(code))
	return err == nil && tag.RowsAffected() == 1, err
}

// plainCode is a code as typed, without the spaces and hyphens people put in.
func plainCode(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\u3000", "").Replace(fold(code)))
}

package identity

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what RFC 6238 prescribes and authenticator apps know; as HMAC it is sound
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"time"
)

// A code of RFC 6238: six digits for a step of thirty seconds.
const (
	totpStep   = 30 * time.Second
	totpDigits = 6
	totpSecret = 20 // bytes
)

func stepOf(t time.Time) int64 { return t.Unix() / int64(totpStep/time.Second) }

// totpCode is the code of a step.
func totpCode(secret []byte, step int64) string {
	m := hmac.New(sha1.New, secret)
	_ = binary.Write(m, binary.BigEndian, step) // a hash takes everything
	sum := m.Sum(nil)
	at := sum[len(sum)-1] & 15
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%06d", n%1_000_000)
}

// matchTOTP finds the step whose code it is, newer than last: the present one, the one before for
// slow hands, the one after for a phone whose clock is ahead.
func matchTOTP(secret []byte, code string, now time.Time, last int64) (int64, bool) {
	for _, d := range []int64{0, -1, 1} {
		step := stepOf(now) + d
		if subtle.ConstantTimeCompare([]byte(totpCode(secret, step)), []byte(code)) == 1 && step > last {
			return step, true
		}
	}
	return 0, false
}

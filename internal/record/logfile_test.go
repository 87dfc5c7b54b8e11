package record

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// file is the log file of the first size leaves.
func (l *memLog) file(size int64) string {
	l.t.Helper()
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "fieldtrial.v1/log\n%d\n%s\n", size, l.signer.VerifierKey())
	for _, r := range l.leaves[:size] {
		c := l.public(r).Commitment
		_, _ = fmt.Fprintf(&b, "%s %s %s\n", r.Kind, r.Contest, base64.StdEncoding.EncodeToString(c[:]))
	}
	return b.String() + "\n" + string(l.checkpoint(size))
}

func TestTheWholeLogIsRebuilt(t *testing.T) {
	l := newMemLog(t).fill(6)
	l.add(KindRoundLocked, "c1", `{}`)
	l.add(KindDecision, "c2", `{}`)
	l.fill(2)
	r := verified(t, l.receipt(3, 9))
	got, err := VerifyLog(strings.NewReader(l.file(10)), LogOptions{
		Key: l.signer.VerifierKey(), Receipts: []Result{r}, Notes: [][]byte{l.checkpoint(0), l.checkpoint(4), l.checkpoint(10)},
	})
	if err != nil {
		t.Fatal(err)
	}
	one := got.Scopes[0]
	if got.Checkpoint.Size != 10 || !got.KeyPinned || len(got.Scopes) != 2 || one.Leaves != 9 || one.LastLock != 6 || one.ReviewsAfterLock != 2 || one.Kinds[KindReviewSubmitted] != 8 {
		t.Errorf("%+v", got)
	}
}

func TestEveryFlippedBitOfALogFails(t *testing.T) {
	l := newMemLog(t).fill(3)
	whole := []byte(l.file(3))
	for i := range whole {
		for bit := range 8 {
			bad := append([]byte(nil), whole...)
			bad[i] ^= 1 << bit
			if _, err := VerifyLog(strings.NewReader(string(bad)), LogOptions{}); err == nil {
				t.Fatalf("byte %d (%q) with bit %d flipped still passes", i, whole[i], bit)
			}
		}
	}
}

func TestALogThatIsNotTheOneOnPaperFails(t *testing.T) {
	l := newMemLog(t).fill(12)
	f := fork(t, l, 5)
	lines := strings.SplitAfter(l.file(8), "\n")
	swapped := append([]string(nil), lines...)
	swapped[4], swapped[5] = swapped[5], swapped[4]
	for name, c := range map[string]struct {
		file string
		opts LogOptions
		want Code
	}{
		"leaves in another order":      {strings.Join(swapped, ""), LogOptions{}, CodeNotIncluded},
		"a leaf gone":                  {strings.Join(append(append([]string(nil), lines[:5]...), lines[6:]...), ""), LogOptions{}, CodeLogMalformed},
		"a fork, by a kept checkpoint": {f.file(8), LogOptions{Notes: [][]byte{l.checkpoint(6)}}, CodeInconsistent},
		"a fork, by a receipt":         {f.file(8), LogOptions{Receipts: []Result{verified(t, l.receipt(6, 8))}}, CodeNotIncluded},
		"a shorter log than kept":      {l.file(8), LogOptions{Notes: [][]byte{l.checkpoint(9)}}, CodeUnrelated},
		"a receipt that is newer":      {l.file(8), LogOptions{Receipts: []Result{verified(t, l.receipt(8, 9))}}, CodeUnrelated},
		"another key":                  {l.file(8), LogOptions{Key: newMemLog(t).signer.VerifierKey()}, CodeKeyOther},
		"not a log":                    {"hello\n", LogOptions{}, CodeLogMalformed},
		"an endless line":              {logHeader + strings.Repeat("x", 9000), LogOptions{}, CodeLogMalformed},
	} {
		_, err := VerifyLog(strings.NewReader(c.file), c.opts)
		t.Run(name, func(t *testing.T) { mustFail(t, err, c.want) })
	}
}

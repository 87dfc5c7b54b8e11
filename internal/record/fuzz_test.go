package record

import (
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

func FuzzVerify(f *testing.F) {
	l := newMemLog(f).fill(9)
	f.Add(l.receipt(4, 9))
	f.Add([]byte(`{"kind":"a","contest":"b","salt":"","payload":"x","proof":"c2sp.org/tlog-proof@v1\nindex 0\n\n","verifierKey":""}`))
	f.Add([]byte(l.consistency(4, 9).String()))
	good := map[string]bool{}
	for i := range int64(9) {
		good[string(l.leaves[i].Payload)] = true
	}
	key := l.signer.VerifierKey()
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Verify(data, Options{Key: key})
		if err != nil {
			if _, ok := err.(*VerifyError); !ok { //nolint:errorlint // the documented type, unwrapped
				t.Fatalf("error of another type: %v", err)
			}
			return
		}
		// Nobody without the private key makes a receipt for something else.
		if !good[string(r.Payload)] || r.Contest != "c1" || r.Kind != KindReviewSubmitted {
			t.Fatalf("verified something never recorded: %+v", r)
		}
	})
}

func FuzzConsistency(f *testing.F) {
	l := newMemLog(f).fill(9)
	f.Add([]byte(l.consistency(4, 9).String()))
	r, err := Verify(l.receipt(2, 4), Options{})
	if err != nil {
		f.Fatal(err)
	}
	signed := map[int64]tlog.Hash{4: l.root(4), 9: l.root(9)}
	f.Fuzz(func(t *testing.T, data []byte) {
		later, err := NewChain(r).AddConsistency(data)
		if err == nil && later.Root != signed[later.Size] {
			t.Fatalf("accepted a checkpoint never signed: %+v", later)
		}
	})
}

package record

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

func TestReceiptProvesItsLeaf(t *testing.T) {
	l := newMemLog(t).fill(20)
	payload := entryPayload(t, "ch1")
	index := l.add(KindEntryReceived, "01J9Z3", payload)
	l.fill(11)
	got, err := Verify(l.receipt(index, 32), Options{Key: l.signer.VerifierKey()})
	if err != nil {
		t.Fatal(err)
	}
	if got.Index != 20 || got.TreeSize != 32 || got.Kind != KindEntryReceived || got.Contest != "01J9Z3" ||
		string(got.Payload) != payload || got.Origin != testOrigin || !got.KeyPinned ||
		got.CheckpointTime.Format("2006-01-02 15:04:05") != "2027-02-01 09:30:00" || got.Root != l.root(32) {
		t.Errorf("result = %+v", got)
	}
}

// A mail and a QR page carry receipts: four files in a log of 60,000 leaves must fit 2,000 bytes.
func TestReceiptIsSmall(t *testing.T) {
	l := newMemLog(t)
	index := l.add(KindEntryReceived, "01J9Z3KQ8W2V5N7X", entryPayload(t, "0198f2c4-7f3e-7cc1-9f43-3a4be70f1a52"))
	l.fill(60000)
	if n := len(l.receipt(index, 60001)); n > 2000 {
		t.Errorf("receipt has %d bytes", n)
	} else {
		t.Logf("%d bytes in a log of 60,001 leaves", n)
	}
	if n := len(l.receipt(index, 200)); n > 1700 {
		t.Errorf("receipt in a small log has %d bytes", n)
	} else {
		t.Logf("%d bytes in a log of 200 leaves", n)
	}
}

func TestEveryFlippedBitFails(t *testing.T) {
	l := newMemLog(t).fill(5)
	index := l.add(KindEntryReceived, "01J9Z3", `{"entry":"Ñandú 藤沢 \"x\"","files":["a+/="]}`)
	l.fill(7)
	whole := l.receipt(index, 13)
	for i := range whole {
		for bit := range 8 {
			bad := bytes.Clone(whole)
			bad[i] ^= 1 << bit
			if r, err := Verify(bad, Options{}); err == nil {
				t.Fatalf("byte %d (%q) with bit %d flipped still verifies: %+v", i, whole[i], bit, r)
			}
		}
	}
}

func TestEveryCutFails(t *testing.T) {
	whole := newMemLog(t).fill(9).receipt(4, 9)
	for i := range len(whole) - 1 { // the last byte is the closing newline
		if _, err := Verify(whole[:i], Options{}); err == nil {
			t.Fatalf("the first %d bytes verify", i)
		}
	}
}

func TestVerifyNamesWhatIsWrong(t *testing.T) {
	l := newMemLog(t).fill(9)
	other := newMemLog(t).fill(9)
	whole := string(l.receipt(4, 9))
	swap := func(old, by string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("the receipt does not hold %q", old)
		}
		return strings.Replace(whole, old, by, 1)
	}
	for _, c := range []struct {
		name, receipt, key string
		want               Code
	}{
		{"not JSON", "hello", "", CodeReceiptMalformed},
		{"empty", "", "", CodeReceiptMalformed},
		{"not an object", `["kind"]`, "", CodeReceiptMalformed},
		{"member missing", `{"kind":"x"}`, "", CodeReceiptMalformed},
		{"member twice", swap(`{"kind"`, `{"kind":"x","kind"`), "", CodeReceiptMalformed},
		{"member in capitals", swap(`"kind"`, `"KIND"`), "", CodeReceiptMalformed},
		{"member unknown", swap(`{"kind"`, `{"x":"y","kind"`), "", CodeReceiptMalformed},
		{"member not a string", swap(`"review.submitted"`, `7`), "", CodeReceiptMalformed},
		{"two objects", whole + "{}", "", CodeReceiptMalformed},
		{"kind with a newline", swap(`review.submitted`, `review\nc1`), "", CodeReceiptMalformed},
		{"no index", swap(`\nindex 4`, ``), "", CodeReceiptMalformed},
		{"index with a zero before", swap(`index 4`, `index 04`), "", CodeReceiptMalformed},
		{"index beyond any tree", swap(`index 4`, `index 9007199254740993`), "", CodeReceiptMalformed},
		{"other proof format", swap(`tlog-proof@v1`, `tlog-proof@v2`), "", CodeReceiptMalformed},
		{"another index", swap(`index 4`, `index 5`), "", CodeNotIncluded},
		{"index outside", swap(`index 4`, `index 9`), "", CodeNotIncluded},
		{"another kind", swap(`review.submitted`, `review.reopened`), "", CodeNotIncluded},
		{"another contest", swap(`"c1"`, `"c2"`), "", CodeNotIncluded},
		{"another payload", swap(`{\"review\":4}`, `{\"review\":5}`), "", CodeNotIncluded},
		{"another tree size", swap(`log/1\n9\n`, `log/1\n8\n`), "", CodeSignatureWrong},
		{"another time", swap(`T09:30:00Z`, `T09:31:00Z`), "", CodeSignatureWrong},
		{"another log's key", swap(l.signer.VerifierKey(), other.signer.VerifierKey()), "", CodeSignatureMissing},
		{"key in capitals", swap(l.signer.VerifierKey(), strings.ToUpper(l.signer.VerifierKey())), "", CodeKeyMalformed},
		{"forged with a key of one's own", string(other.receipt(4, 9)), l.signer.VerifierKey(), CodeKeyOther},
		{"pinned to nonsense", whole, "nonsense", CodeKeyMalformed},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Verify([]byte(c.receipt), Options{Key: c.key})
			mustFail(t, err, c.want)
		})
	}
}

// White space between tokens is an editor's business, and an "extra" line is the format's.
func TestVerifyAcceptsWhatTheFormatsAllow(t *testing.T) {
	l := newMemLog(t).fill(9)
	whole := string(l.receipt(4, 9))
	for name, r := range map[string]string{
		"spread out": strings.Replace(whole, `","`, "\",\r\n  \"", 1),
		"extra line": strings.Replace(whole, `\nindex`, `\nextra aGVsbG8=\nindex`, 1),
		// a witness has signed as well
		"witness": strings.Replace(whole, `==\n","verifierKey`, `==\n— witness.example AAAAAAECAw==\n","verifierKey`, 1),
	} {
		if _, err := Verify([]byte(r), Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// JSON readers put U+FFFD for bytes that are no UTF-8; a payload may hold a real one.
func TestVerifyRefusesBytesThatReadLikeOthers(t *testing.T) {
	l := newMemLog(t)
	l.add(KindDecision, "c1", `{"reason":"\ufffd"}`)
	l.add(KindDecision, "c1", "{\"reason\":\"\ufffd\"}")
	whole := l.receipt(1, 2)
	bad := bytes.Replace(whole, []byte("\ufffd"), []byte("\xff"), 1)
	if bytes.Equal(whole, bad) {
		t.Fatal("nothing replaced")
	}
	_, err := Verify(bad, Options{})
	mustFail(t, err, CodeReceiptMalformed)
}

func TestVerifyRefusesHugeFiles(t *testing.T) {
	whole := newMemLog(t).fill(2).receipt(0, 2)
	_, err := Verify(append(whole, bytes.Repeat([]byte(" "), 1<<20)...), Options{})
	mustFail(t, err, CodeReceiptMalformed)
}

func TestCheckpointOfAnotherOriginIsRefused(t *testing.T) {
	l := newMemLog(t).fill(2)
	text := Checkpoint{Origin: "other.example/log/1", Size: 2, Root: l.root(2)}.Text()
	signed, err := note.Sign(&note.Note{Text: text}, l.signer)
	if err != nil {
		t.Fatal(err)
	}
	_, err = OpenCheckpoint(signed, l.signer.VerifierKey())
	mustFail(t, err, CodeCheckpointMalformed)
}

func TestMarshalRefusesWhatCannotBeCarried(t *testing.T) {
	for name, r := range map[string]Receipt{
		"no payload":        {Kind: KindDecision, Contest: "c"},
		"binary payload":    {Kind: KindDecision, Contest: "c", Payload: []byte{0xff}},
		"control character": {Kind: KindDecision, Contest: "c", Payload: []byte("a\nb")},
		"huge payload":      {Kind: KindDecision, Contest: "c", Payload: bytes.Repeat([]byte("x"), MaxPayload+1)},
		"kind with newline": {Kind: "a\nb", Contest: "c", Payload: []byte("x")},
		"no contest":        {Kind: KindDecision, Payload: []byte("x")},
	} {
		if _, err := r.Marshal(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

package audit

import (
	"os"
	"path/filepath"
	"testing"

	"fieldtrial/internal/record"
)

// The files that the browser's verifier is tried with are sound by this one too.
func TestTheBrowsersFilesHold(t *testing.T) {
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join("../../web/src/verifier/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	receipt := func(name string) record.Result {
		r, err := record.Verify(read(name), record.Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return r
	}
	entry, deadline := receipt("entry.txt"), receipt("deadline.txt")
	if err := record.OnTime(entry, deadline); err != nil {
		t.Error(err)
	}
	if err := record.OnTime(receipt("late.txt"), deadline); err == nil {
		t.Error("the late entry is on time")
	}
	chain := record.NewChain(entry)
	if err := chain.AddReceipt(deadline); err != nil {
		t.Error(err)
	}
	if _, err := chain.AddConsistency(read("consistency.txt")); err != nil || !chain.Joined(entry, deadline) {
		t.Errorf("joined %v, %v", chain.Joined(entry, deadline), err)
	}
	if r, err := VerifyOpenings(read("openings.txt"), entry.VerifierKey); err != nil || len(r.Totals) != 3 {
		t.Errorf("%+v %v", r, err)
	}
	if r, err := VerifyBundle(read("bundle.txt"), entry.VerifierKey); err != nil || len(r.Entries) != 4 {
		t.Errorf("%+v %v", r, err)
	}
}

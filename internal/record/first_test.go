package record_test

import (
	"testing"

	"fieldtrial/internal/record"
)

// A lock draws its lottery from the first checkpoint after it: its receipt never moves on to a later one.
func TestTheFirstReceiptStaysWithItsCheckpoint(t *testing.T) {
	t.Parallel()
	s := newStored(t)
	ids := s.append(leaf(1))
	s.sequence(1)
	s.append(leaf(2))
	s.sequence(1)
	for want, read := range map[int64]func() ([]byte, error){
		1: func() ([]byte, error) { return record.ReadFirstReceipt(s.ctx, s.db, ids[0]) },
		2: func() ([]byte, error) { return record.ReadReceipt(s.ctx, s.db, ids[0]) },
	} {
		file, err := read()
		if err != nil {
			t.Fatal(err)
		}
		if r, err := record.Verify(file, record.Options{}); err != nil || r.TreeSize != want {
			t.Errorf("the receipt is of a log of %d, want %d; %v", r.TreeSize, want, err)
		}
	}
}

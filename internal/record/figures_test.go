package record

import (
	"fmt"
	"testing"
)

// BenchmarkReceipt prints the size of a real entry's receipt: four files, a log of 60,001 leaves.
func BenchmarkReceipt(b *testing.B) {
	for range b.N {
		l := newMemLog(b)
		index := l.add(KindEntryReceived, "01J9Z3KQ8W2V5N7X", entryPayload(b, "0198f2c4-7f3e-7cc1-9f43-3a4be70f1a52"))
		l.fill(60000)
		fmt.Printf("\nfigure receipt_bytes = %d bytes\n", len(l.receipt(index, 60001)))
	}
}

package record_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// BenchmarkAppendLeaf prints the median of 1,000 appends, each in a transaction of its own, on a log that
// holds leaves already: the time that the act waits for its leaf, without the commit that it makes anyway.
func BenchmarkAppendLeaf(b *testing.B) {
	db := testkit.DB(b)
	payload, err := record.FileMatched{Entry: "0198f2c4-7f3e-7cc1-9f43-3a4be70f1a52", Challenge: "0198f2c4-7f3e-7cc1-9f43-3a4be70f1a53", Time: "2027-02-01T09:29:31.123456Z"}.Payload()
	if err != nil {
		b.Fatal(err)
	}
	leaf := record.Leaf{Kind: record.KindEntryReceived, Scope: "scope", Subject: testkit.NewID().String(), Payload: payload}
	for range b.N {
		took := make([]time.Duration, 0, 1000)
		for range cap(took) {
			err := db.InTx(b.Context(), func(tx database.Tx) error {
				start := time.Now()
				_, err := record.Append(tx, leaf)
				took = append(took, time.Since(start))
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		slices.Sort(took)
		fmt.Printf("\nfigure append_leaf_us = %d us\n", took[len(took)/2].Microseconds())
	}
}

package openings_test

import (
	"flag"
	"os"
	"path/filepath"

	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
)

// vectors names a folder to write the files to that the browser's verifier is tried with:
// go test ./internal/openings -run Command -vectors ../../web/src/verifier/testdata
var vectors = flag.String("vectors", "", "folder for the browser's files")

func (w *world) vectors(own, bundle []byte) {
	w.Helper()
	challenge := w.rows.Challenge.String()
	entry := func(kind record.Kind) (id int64) {
		payload, err := record.EntryReceived{Entry: w.entries[0].Entry.String(), Challenge: challenge, Version: 1, Rules: 1, Answers: "Ñandú 藤沢 \"<&>\"", Files: []string{}, Time: "2027-02-01T09:29:31.123456Z"}.Payload()
		w.must(err)
		w.must(w.db.InTx(w.Context(), func(tx database.Tx) (err error) {
			id, err = record.Append(tx, record.Leaf{Kind: kind, Scope: w.rows.RecordScope, Payload: payload})
			return err
		}))
		w.sign()
		return id
	}
	receipt := func(id int64) []byte {
		b, err := record.ReadReceipt(w.Context(), w.db, id)
		w.must(err)
		return b
	}
	first := entry(record.KindEntryReceived)
	early := receipt(first)
	var deadline int64
	w.must(w.db.InTx(w.Context(), func(tx database.Tx) (err error) {
		deadline, err = record.Append(tx, record.Leaf{Kind: record.KindDeadline, Scope: w.rows.RecordScope, Payload: []byte(`{"challenge":"` + challenge + `","closedAt":"2027-02-01T09:30:00Z"}`)})
		return err
	}))
	w.sign()
	end := receipt(deadline)
	late := entry(record.KindEntryGrace)
	from, err := record.Verify(early, record.Options{})
	w.must(err)
	to, err := record.Verify(end, record.Options{})
	w.must(err)
	proof, err := record.ReadConsistency(w.Context(), w.db, from.TreeSize, to.TreeSize)
	w.must(err)
	for name, b := range map[string][]byte{"entry.txt": early, "deadline.txt": end, "late.txt": receipt(late), "same-checkpoint.txt": receipt(first),
		"consistency.txt": []byte(proof.String()), "openings.txt": own, "bundle.txt": bundle} {
		w.must(os.WriteFile(filepath.Join(*vectors, name), b, 0o600))
	}
}

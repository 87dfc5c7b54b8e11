package audit

import (
	"errors"
	"fmt"
	"io"
	"os"

	"fieldtrial/internal/record"
)

// runLog is `fieldtrial verify log FILE`.
func runLog(args []string, stdout, stderr io.Writer) int {
	a, err := record.ParseVerifyArgs(args)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		_, _ = fmt.Fprintln(stderr, record.VerifyUsage(a.Lang))
		return record.ExitUsage
	}
	say := phrases[a.Lang]
	f, err := os.Open(a.File)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, say.unreadable+": "+err.Error())
		return record.ExitUsage
	}
	defer func() { _ = f.Close() }()
	opts, err := logOptions(a)
	var result record.LogResult
	if err == nil {
		result, err = record.VerifyLog(f, opts)
	}
	var wrong *record.VerifyError
	if err != nil && !errors.As(err, &wrong) {
		_, _ = fmt.Fprintln(stderr, say.unreadable+": "+err.Error())
		return record.ExitUsage
	}
	return answer(stdout, a, say, logReport(result), say.logText(result), err)
}

// logOptions reads the receipts and the earlier checkpoints that the log is held against.
func logOptions(a record.VerifyArgs) (record.LogOptions, error) {
	opts := record.LogOptions{Key: a.Key}
	for _, path := range a.Receipts {
		data, err := readFile(path)
		if err != nil {
			return opts, err
		}
		r, err := record.Verify(data, record.Options{Key: a.Key})
		if err != nil {
			return opts, err
		}
		opts.Receipts = append(opts.Receipts, r)
	}
	for _, path := range a.Later { // checkpoints that somebody kept
		data, err := readFile(path)
		if err != nil {
			return opts, err
		}
		opts.Notes = append(opts.Notes, data)
	}
	return opts, nil
}

// logReport is what --json prints of a log.
func logReport(r record.LogResult) report {
	scopes := []map[string]any{}
	for _, s := range r.Scopes {
		scopes = append(scopes, map[string]any{"scope": s.Scope, "leaves": s.Leaves, "kinds": s.Kinds, "lastLock": s.LastLock, "reviewsAfterLock": s.ReviewsAfterLock})
	}
	return report{What: "fieldtrial.v1/log", Facts: map[string]any{"size": r.Checkpoint.Size, "root": r.Checkpoint.Root.String(), "origin": r.Checkpoint.Origin,
		"time": r.Checkpoint.Time, "scopes": scopes, "verifierKey": r.VerifierKey, "keyPinned": r.KeyPinned}}
}

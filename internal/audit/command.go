package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fieldtrial/internal/record"
)

// RunVerify is `fieldtrial verify FILE`: it looks at what the file is, checks it without network or
// database, and says in en, es or ja what it proves. The exit code is 0 when everything holds, 1 when
// something does not, 2 for wrong usage.
func RunVerify(args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "log" {
		return runLog(args[1:], stdout, stderr)
	}
	file, ok := onlyFile(args)
	if !ok {
		return record.RunVerify(args, stdout, stderr)
	}
	head, err := headOf(file)
	if err != nil || formatOf(head) == "" {
		if err == nil && bytes.HasPrefix(head, []byte("fieldtrial.v1/log\n")) {
			return runLog(args, stdout, stderr)
		}
		return record.RunVerify(args, stdout, stderr)
	}
	a, err := record.ParseVerifyArgs(args)
	if err != nil {
		return record.RunVerify(args, stdout, stderr) // which says what is wrong with them
	}
	say := phrases[a.Lang]
	data, err := readFile(a.File)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, say.unreadable+": "+err.Error())
		return record.ExitUsage
	}
	if formatOf(head) == OpeningsFormat {
		result, err := VerifyOpenings(data, a.Key)
		return answer(stdout, a, say, result.report(), say.openingsText(result), err)
	}
	result, err := VerifyBundle(data, a.Key)
	return answer(stdout, a, say, result.report(), say.bundleText(result), err)
}

// onlyFile is the one argument that is neither a flag nor a flag's value.
func onlyFile(args []string) (string, bool) {
	a, err := record.ParseVerifyArgs(args)
	return a.File, err == nil
}

func headOf(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the user names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 64)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return head[:n], nil
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the user names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = errors.New("too large")
	}
	return data, err
}

// report is what --json prints; names are stable.
type report struct {
	Valid bool           `json:"valid"`
	Error *reportError   `json:"error,omitempty"`
	What  string         `json:"what"`
	Facts map[string]any `json:"facts"`
}

type reportError struct {
	Code   record.Code `json:"code"`
	Detail string      `json:"detail"`
}

func answer(out io.Writer, a record.VerifyArgs, say words, r report, text string, err error) int {
	r.Valid = err == nil
	var wrong *record.VerifyError
	if errors.As(err, &wrong) {
		r.Error = &reportError{wrong.Code, wrong.Detail}
		r.Facts = nil // what was read of a file that fails proves nothing
	}
	switch {
	case a.JSON:
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		_ = enc.Encode(r)
	case err != nil:
		_, _ = fmt.Fprintf(out, "✗ %s\n  %s: %s\n  %s\n  (%s)\n", say.failed, say.file, a.File, say.code(wrong), strings.TrimSpace(err.Error()))
	default:
		_, _ = io.WriteString(out, text)
	}
	if err != nil {
		return record.ExitFailed
	}
	return record.ExitSound
}

func (r OpeningsResult) report() report {
	totals := []map[string]any{}
	for _, t := range r.Totals {
		totals = append(totals, map[string]any{"juror": t.Juror, "total": t.Total})
	}
	return report{What: OpeningsFormat, Facts: map[string]any{"entry": r.Entry, "reference": r.Reference, "mean": r.Mean, "totals": totals, "round": r.Round,
		"lock": r.Lock.Index, "verifierKey": r.Lock.VerifierKey, "keyPinned": r.Lock.KeyPinned}}
}

func (r BundleResult) report() report {
	entries := []map[string]any{}
	for _, e := range r.Entries {
		entries = append(entries, map[string]any{"entry": e.Entry, "reference": e.Reference, "rank": e.Rank, "reviews": e.Reviews, "mean": e.Mean,
			"calibrated": e.Calibrated, "tie": e.Tie, "pitch": e.Pitched, "finalRank": e.Final.Rank, "won": e.Won})
	}
	var pitch map[string]any
	if p := r.Pitch; p != nil {
		pitch = map[string]any{"lock": p.Lock.Index, "share": p.Share, "entries": p.Pitched, "departs": p.Departs}
	}
	return report{What: BundleFormat, Facts: map[string]any{"entries": entries, "left": r.Left, "jurors": r.Jurors, "round": r.Round, "pitch": pitch, "winners": r.Winners, "published": r.Out,
		"lock": r.Lock.Index, "verifierKey": r.Lock.VerifierKey, "keyPinned": r.Lock.KeyPinned}}
}

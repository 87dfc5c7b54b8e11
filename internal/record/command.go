package record

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Exit codes of RunVerify.
const (
	exitSound  = 0 // everything asked for holds
	exitFailed = 1 // a file proves nothing, or the entry is late
	exitUsage  = 2 // wrong arguments, or a file cannot be read
)

type verifyArgs struct {
	receipt, key, deadline, lang string
	later                        []string
	json                         bool
}

// RunVerify is `fieldtrial verify RECEIPT`: it checks a receipt file, without
// network or database, and says in en, es or ja what it proves. It returns the
// exit code: 0 sound, 1 not sound (or late), 2 wrong usage.
func RunVerify(args []string, stdout, stderr io.Writer) int {
	a, err := parseVerifyArgs(args)
	say := phrasesOf(a.lang)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			_, _ = fmt.Fprintln(stderr, err)
			_, _ = fmt.Fprintln(stderr, say.usage)
			return exitUsage
		}
		_, _ = fmt.Fprintln(stdout, say.usage)
		return exitSound
	}
	rep, err := examine(a)
	var wrong *VerifyError
	if err != nil && !errors.As(err, &wrong) {
		_, _ = fmt.Fprintln(stderr, say.unreadable+": "+err.Error())
		return exitUsage
	}
	if a.json {
		enc := json.NewEncoder(stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		_ = enc.Encode(rep)
	} else {
		_, _ = io.WriteString(stdout, say.text(rep))
	}
	if !rep.Valid {
		return exitFailed
	}
	return exitSound
}

func parseVerifyArgs(args []string) (a verifyArgs, err error) {
	f := flag.NewFlagSet("verify", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&a.key, "key", "", "")
	f.StringVar(&a.deadline, "deadline", "", "")
	f.StringVar(&a.lang, "lang", "en", "")
	f.BoolVar(&a.json, "json", false, "")
	f.Func("later", "", func(s string) error { a.later = append(a.later, s); return nil })
	var files []string
	for { // flags may follow the file
		if err := f.Parse(args); err != nil {
			return a, err
		}
		if f.NArg() == 0 {
			break
		}
		files = append(files, f.Arg(0))
		args = f.Args()[1:]
	}
	if _, ok := phrases[a.lang]; !ok {
		return a, fmt.Errorf("--lang %q: en, es, ja", clip(a.lang))
	}
	if len(files) != 1 {
		return a, errors.New("fieldtrial verify: RECEIPT?")
	}
	a.receipt = files[0]
	return a, nil
}

// report is what --json prints; names are stable.
type report struct {
	Valid      bool           `json:"valid"`
	Error      *reportError   `json:"error,omitempty"`
	Receipt    *reportReceipt `json:"receipt,omitempty"`
	KeyPinned  bool           `json:"keyPinned"`
	Deadline   *reportReceipt `json:"deadline,omitempty"`
	OnTime     *bool          `json:"onTime,omitempty"`
	OneHistory *bool          `json:"oneHistory,omitempty"` // the two receipts' checkpoints are proven consistent
	Later      []reportPoint  `json:"later,omitempty"`
}

type reportError struct {
	Code   Code   `json:"code"`
	File   string `json:"file"`
	Detail string `json:"detail"`
}

type reportReceipt struct {
	Kind        Kind        `json:"kind"`
	Contest     string      `json:"contest"`
	Index       int64       `json:"index"`
	Payload     string      `json:"payload"`
	VerifierKey string      `json:"verifierKey"`
	Checkpoint  reportPoint `json:"checkpoint"`
}

type reportPoint struct {
	Origin string `json:"origin"`
	Size   int64  `json:"size"`
	Root   string `json:"root"`
	Time   string `json:"time,omitempty"`
}

// examine checks the files one after another and stops at the first that fails.
// What was proven before stays in the report.
func examine(a verifyArgs) (rep report, err error) {
	file := a.receipt
	defer func() {
		var wrong *VerifyError
		if errors.As(err, &wrong) {
			rep.Valid = false
			rep.Error = &reportError{wrong.Code, file, wrong.Detail}
		}
	}()
	key, err := readKey(a.key)
	if err != nil {
		return rep, err
	}
	entry, err := verifyFile(file, key)
	if err != nil {
		return rep, err
	}
	rep.Receipt, rep.KeyPinned = describe(entry), entry.KeyPinned
	chain := NewChain(entry)
	var deadline Result
	if a.deadline != "" {
		file = a.deadline
		if deadline, err = verifyFile(file, key); err != nil {
			return rep, err
		}
		rep.Deadline = describe(deadline)
		if err = chain.AddReceipt(deadline); err != nil {
			return rep, err
		}
	}
	for _, file = range a.later {
		data, err := os.ReadFile(file) //nolint:gosec // the user names it
		if err != nil {
			return rep, err
		}
		later, err := chain.AddConsistency(data)
		if err != nil {
			return rep, err
		}
		rep.Later = append(rep.Later, pointOf(later))
	}
	if a.deadline != "" {
		file = a.deadline
		one := chain.Joined(entry, deadline)
		rep.OneHistory = &one
		err = OnTime(entry, deadline)
		var wrong *VerifyError
		if err == nil || errors.As(err, &wrong) && wrong.Code == CodeLate {
			onTime := err == nil
			rep.OnTime = &onTime
		}
	}
	rep.Valid = err == nil
	return rep, err
}

func verifyFile(path, key string) (Result, error) {
	f, err := os.Open(path) //nolint:gosec // the user names it
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxReceipt+1))
	if err != nil {
		return Result{}, err
	}
	return Verify(data, Options{Key: key})
}

// readKey takes a verifier key itself or the name of a file that holds one.
func readKey(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	if _, err := parseVerifierKey(s); err == nil {
		return s, nil
	}
	data, err := os.ReadFile(s) //nolint:gosec // the user names it
	if err != nil {
		return "", fmt.Errorf("--key: %w", err)
	}
	key := strings.TrimSpace(string(data))
	if _, err := parseVerifierKey(key); err != nil {
		return "", fmt.Errorf("--key: %w", err)
	}
	return key, nil
}

func describe(r Result) *reportReceipt {
	return &reportReceipt{
		Kind: r.Kind, Contest: r.Contest, Index: r.Index, Payload: string(r.Payload),
		VerifierKey: r.VerifierKey, Checkpoint: pointOf(r.checkpoint()),
	}
}

func pointOf(c Checkpoint) reportPoint {
	p := reportPoint{Origin: c.Origin, Size: c.Size, Root: c.Root.String()}
	if !c.Time.IsZero() {
		p.Time = c.Time.UTC().Format(time.RFC3339)
	}
	return p
}

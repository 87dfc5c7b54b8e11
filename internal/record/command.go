package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Exit codes of `fieldtrial verify`.
const (
	ExitSound  = 0 // everything asked for holds
	ExitFailed = 1 // a file proves nothing, or the entry is late
	ExitUsage  = 2 // wrong arguments, or a file cannot be read
)

// VerifyArgs is the command line of `fieldtrial verify`.
type VerifyArgs struct {
	File, Deadline, Lang string
	Key                  string   // the verifier key itself
	Later                []string // consistency files; with a log, checkpoints that somebody kept
	Receipts             []string // whose leaves a log must hold
	JSON                 bool
}

// RunVerify is `fieldtrial verify RECEIPT`, or of a checkpoint that somebody kept: it checks the file,
// without network or database, and says in en, es or ja what it proves. It returns the
// exit code: 0 sound, 1 not sound (or late), 2 wrong usage.
func RunVerify(args []string, stdout, stderr io.Writer) int {
	a, err := ParseVerifyArgs(args)
	say := phrasesOf(a.Lang)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			_, _ = fmt.Fprintln(stderr, err)
			_, _ = fmt.Fprintln(stderr, say.usage)
			return ExitUsage
		}
		_, _ = fmt.Fprintln(stdout, say.usage)
		return ExitSound
	}
	rep, err := examine(a)
	var wrong *VerifyError
	if err != nil && !errors.As(err, &wrong) {
		_, _ = fmt.Fprintln(stderr, say.unreadable+": "+err.Error())
		return ExitUsage
	}
	if a.JSON {
		enc := json.NewEncoder(stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		_ = enc.Encode(rep)
	} else {
		_, _ = io.WriteString(stdout, say.text(rep))
	}
	if !rep.Valid {
		return ExitFailed
	}
	return ExitSound
}

// ParseVerifyArgs reads the command line. Flags may stand before and after the file, and a key may be
// given as the name of a file that holds it.
func ParseVerifyArgs(args []string) (a VerifyArgs, err error) {
	f := flag.NewFlagSet("verify", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	key := f.String("key", "", "")
	f.StringVar(&a.Deadline, "deadline", "", "")
	f.StringVar(&a.Lang, "lang", "en", "")
	f.BoolVar(&a.JSON, "json", false, "")
	f.Func("later", "", func(s string) error { a.Later = append(a.Later, s); return nil })
	f.Func("checkpoint", "", func(s string) error { a.Later = append(a.Later, s); return nil })
	f.Func("receipt", "", func(s string) error { a.Receipts = append(a.Receipts, s); return nil })
	var files []string
	for {
		if err := f.Parse(args); err != nil {
			return a, err
		}
		if f.NArg() == 0 {
			break
		}
		files = append(files, f.Arg(0))
		args = f.Args()[1:]
	}
	if _, ok := phrases[a.Lang]; !ok {
		return a, fmt.Errorf("--lang %q: en, es, ja", clip(a.Lang))
	}
	if len(files) != 1 {
		return a, errors.New("fieldtrial verify: FILE?")
	}
	a.File = files[0]
	a.Key, err = readKey(*key)
	return a, err
}

// report is what --json prints; names are stable.
type report struct {
	Valid      bool           `json:"valid"`
	Error      *reportError   `json:"error,omitempty"`
	Receipt    *reportReceipt `json:"receipt,omitempty"`
	Checkpoint *reportPoint   `json:"checkpoint,omitempty"` // of a checkpoint that somebody kept
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
func examine(a VerifyArgs) (rep report, err error) {
	file := a.File
	defer func() {
		var wrong *VerifyError
		if errors.As(err, &wrong) {
			rep.Valid = false
			rep.Error = &reportError{wrong.Code, file, wrong.Detail}
		}
	}()
	key := a.Key
	data, err := readBounded(file)
	if err != nil {
		return rep, err
	}
	var entry Result
	var chain *Chain
	if isNote(data) {
		if key == "" || a.Deadline != "" {
			return rep, errKeyForCheckpoint
		}
		var c Checkpoint
		if c, err = OpenCheckpoint(data, key); err != nil {
			return rep, err
		}
		at := pointOf(c)
		rep.Checkpoint, rep.KeyPinned = &at, true
		chain = NewChainAt(c, key)
	} else {
		if entry, err = Verify(data, Options{Key: key}); err != nil {
			return rep, err
		}
		rep.Receipt, rep.KeyPinned = describe(entry), entry.KeyPinned
		chain = NewChain(entry)
	}
	var deadline Result
	if a.Deadline != "" {
		file = a.Deadline
		if deadline, err = verifyFile(file, key); err != nil {
			return rep, err
		}
		rep.Deadline = describe(deadline)
		if err = chain.AddReceipt(deadline); err != nil {
			return rep, err
		}
	}
	for _, file = range a.Later {
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
	if a.Deadline != "" {
		file = a.Deadline
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

// errKeyForCheckpoint: a checkpoint, unlike a receipt, does not name its key.
var errKeyForCheckpoint = errors.New("a checkpoint alone needs --key, and takes no --deadline")

// isNote tells a signed checkpoint from every other file: its second line is a size.
func isNote(data []byte) bool {
	lines := bytes.SplitN(data, []byte("\n"), 3)
	if len(lines) < 3 {
		return false
	}
	_, err := parseSize(string(lines[1]))
	return err == nil && string(lines[0]) != logHeader
}

func verifyFile(path, key string) (Result, error) {
	data, err := readBounded(path)
	if err != nil {
		return Result{}, err
	}
	return Verify(data, Options{Key: key})
}

func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the user names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, maxReceipt+1))
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

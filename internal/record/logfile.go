package record

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"fieldtrial/internal/database"
)

// The log file is the whole log for whoever wants to check it: its public leaves in order, and the
// newest checkpoint over them.
//
//	fieldtrial.v1/log
//	<size>
//	<verifier key>
//	<kind> <scope> <base64 commitment>     one line a leaf
//	(blank)
//	<signed checkpoint of that size>

const (
	logHeader = "fieldtrial.v1/log"
	logPage   = 2000
	// maxLogLine bounds a line of a log file, in bytes: 64 each for kind and scope and 44 for a hash, with room.
	maxLogLine = 1024
)

// WriteLog writes the log file up to a checkpoint.
func WriteLog(ctx context.Context, db *database.DB, c StoredCheckpoint, to io.Writer) error {
	w := bufio.NewWriter(to)
	_, _ = fmt.Fprintf(w, "%s\n%d\n%s\n", logHeader, c.Size, c.VerifierKey) // bufio keeps the error for Flush
	for from := int64(0); from < c.Size; {
		page, err := ReadLeaves(ctx, db, from, int(min(logPage, c.Size-from)))
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return fmt.Errorf("%w: %d of %d leaves", ErrDamaged, from, c.Size)
		}
		for _, leaf := range page {
			parts := strings.Split(string(leaf), "\n") // version, kind, scope, commitment, ""
			_, _ = fmt.Fprintf(w, "%s %s %s\n", parts[1], parts[2], parts[3])
		}
		from += int64(len(page))
	}
	_, _ = fmt.Fprintf(w, "\n%s", c.Note)
	return w.Flush()
}

// LogOptions tighten VerifyLog.
type LogOptions struct {
	Key      string   // the verifier key that must have signed; without it the file's own counts
	Receipts []Result // verified receipts whose leaves must stand where they say
	Notes    [][]byte // signed checkpoints that somebody kept: the log must begin with them
}

// LogResult is what a sound log file shows.
type LogResult struct {
	Checkpoint  Checkpoint
	VerifierKey string
	KeyPinned   bool
	Scopes      []LogScope // in the order in which they first appear
}

// LogScope is what the log holds of one contest, or of the programme.
type LogScope struct {
	Scope            string
	Leaves           int64
	Kinds            map[Kind]int64
	LastLock         int64 // index of the last round.locked; -1 without one
	ReviewsAfterLock int64 // review.submitted behind it
}

// VerifyLog reads a log file and rebuilds its tree from the leaves alone. A *VerifyError says what is
// wrong with the file, any other error that it cannot be read.
func VerifyLog(file io.Reader, opts LogOptions) (LogResult, error) {
	v := logReader{in: bufio.NewReaderSize(file, maxLogLine), roots: map[int64][32]byte{}, at: map[int64]PublicLeaf{}}
	size, key, err := v.header(opts.Key)
	if err != nil {
		return LogResult{}, err
	}
	out := LogResult{VerifierKey: key, KeyPinned: opts.Key != ""}
	kept, err := keptNotes(opts.Notes, key, size)
	if err != nil {
		return out, err
	}
	for _, c := range kept {
		v.roots[c.Size] = [32]byte{}
	}
	for _, r := range opts.Receipts {
		if err := v.expect(r, key, size); err != nil {
			return out, err
		}
	}
	if err := v.leaves(size); err != nil {
		return out, err
	}
	note, err := io.ReadAll(io.LimitReader(v.in, 64<<10))
	if err != nil {
		return out, err
	}
	if out.Checkpoint, err = OpenCheckpoint(note, key); err != nil {
		return out, err
	}
	if out.Checkpoint.Size != size || out.Checkpoint.Root != v.tree.root() {
		return out, &VerifyError{Code: CodeNotIncluded, Detail: "the leaves do not give the root that was signed"}
	}
	for _, c := range kept {
		if c.Root != v.roots[c.Size] {
			return out, &VerifyError{Code: CodeInconsistent, Detail: fmt.Sprintf("the log does not begin with the checkpoint of %d leaves", c.Size)}
		}
	}
	for _, s := range v.order {
		out.Scopes = append(out.Scopes, *v.scopes[s])
	}
	return out, nil
}

func keptNotes(notes [][]byte, key string, size int64) ([]Checkpoint, error) {
	var out []Checkpoint
	for _, n := range notes {
		c, err := OpenCheckpoint(n, key)
		if err != nil {
			return nil, err
		}
		if c.Size > size {
			return nil, &VerifyError{Code: CodeUnrelated, Detail: fmt.Sprintf("the checkpoint speaks of %d leaves, the file holds %d", c.Size, size)}
		}
		out = append(out, c)
	}
	return out, nil
}

type logReader struct {
	in     *bufio.Reader
	tree   growth
	roots  map[int64][32]byte   // wanted, by size
	at     map[int64]PublicLeaf // wanted, by index
	scopes map[string]*LogScope
	order  []string
}

func badLog(format string, args ...any) error {
	return &VerifyError{Code: CodeLogMalformed, Detail: fmt.Sprintf(format, args...)}
}

// line reads one line without its end. A line that is too long for any log is an error of the file.
func (v *logReader) line() (string, error) {
	b, err := v.in.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", badLog("a line is too long")
	case errors.Is(err, io.EOF):
		return "", badLog("the file ends too early")
	case err != nil:
		return "", err
	}
	return string(b[:len(b)-1]), nil
}

func (v *logReader) header(pinned string) (size int64, key string, err error) {
	first, err := v.line()
	if err != nil {
		return 0, "", err
	}
	if first != logHeader {
		return 0, "", badLog("first line is %q, want %s", clip(first), logHeader)
	}
	second, err := v.line()
	if err != nil {
		return 0, "", err
	}
	if size, err = parseSize(second); err != nil {
		return 0, "", badLog("%v", err)
	}
	if key, err = v.line(); err != nil {
		return 0, "", err
	}
	if _, err := parseVerifierKey(key); err != nil {
		return 0, "", &VerifyError{Code: CodeKeyMalformed, Detail: err.Error()}
	}
	if pinned != "" && pinned != key {
		return 0, "", &VerifyError{Code: CodeKeyOther, Detail: "the file names key " + clip(key)}
	}
	return size, key, nil
}

// expect notes where a receipt's leaf must stand.
func (v *logReader) expect(r Result, key string, size int64) error {
	if r.VerifierKey != key || r.Index >= size {
		return &VerifyError{Code: CodeUnrelated, Detail: "the receipt is of another log, or newer than the file"}
	}
	v.at[r.Index] = PublicLeaf{Kind: r.Kind, Scope: r.Contest, Commitment: r.commitment}
	return nil
}

func (v *logReader) leaves(size int64) error {
	v.scopes = map[string]*LogScope{}
	for index := int64(0); ; index++ {
		if _, wanted := v.roots[index]; wanted {
			v.roots[index] = v.tree.root()
		}
		text, err := v.line()
		if err != nil {
			return err
		}
		if text == "" {
			if index != size {
				return badLog("%d leaves, want %s", index, strconv.FormatInt(size, 10))
			}
			return nil
		}
		leaf, err := parseLogLine(text)
		if err != nil {
			return badLog("leaf %d: %v", index, err)
		}
		if want, asked := v.at[index]; asked && want != leaf {
			return &VerifyError{Code: CodeNotIncluded, Detail: fmt.Sprintf("leaf %d is another one than in the receipt", index)}
		}
		v.tree.add(leaf.Hash())
		v.count(index, leaf)
	}
}

func parseLogLine(text string) (leaf PublicLeaf, err error) {
	parts := strings.Split(text, " ")
	if len(parts) != 3 {
		return leaf, errors.New("want kind, scope and commitment")
	}
	leaf.Kind, leaf.Scope = Kind(parts[0]), parts[1]
	if err := checkNames(leaf.Kind, leaf.Scope); err != nil {
		return leaf, err
	}
	h, err := decodeHash(parts[2])
	leaf.Commitment = Commitment(h)
	return leaf, err
}

func (v *logReader) count(index int64, leaf PublicLeaf) {
	s := v.scopes[leaf.Scope]
	if s == nil {
		s = &LogScope{Scope: leaf.Scope, Kinds: map[Kind]int64{}, LastLock: -1}
		v.scopes[leaf.Scope] = s
		v.order = append(v.order, leaf.Scope)
	}
	s.Leaves++
	s.Kinds[leaf.Kind]++
	switch {
	case leaf.Kind == KindRoundLocked:
		s.LastLock, s.ReviewsAfterLock = index, 0
	case leaf.Kind == KindReviewSubmitted && s.LastLock >= 0:
		s.ReviewsAfterLock++
	}
}

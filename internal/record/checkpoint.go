package record

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// maxTreeSize bounds sizes read from outside. It keeps the tree arithmetic of
// tlog away from overflow and every number exact in a browser's JavaScript.
const maxTreeSize = 1 << 52

// timeLine is the C2SP extension line that carries the signer's clock. It is
// signed with the rest, but an operator's clock proves nothing by itself: what
// counts is the index and that published checkpoints agree with each other.
const timeLine = "time "

// Checkpoint is a statement of the whole log at one size: a C2SP tlog-checkpoint.
type Checkpoint struct {
	Origin string    // the log's name; equal to the name in its verifier key
	Size   int64     // number of leaves
	Root   tlog.Hash // RFC 6962 root over them
	Time   time.Time // the signer's clock, whole seconds, UTC; zero when not stated
}

// Text returns the checkpoint's signed lines.
func (c Checkpoint) Text() string {
	s := c.Origin + "\n" + strconv.FormatInt(c.Size, 10) + "\n" +
		base64.StdEncoding.EncodeToString(c.Root[:]) + "\n"
	if !c.Time.IsZero() {
		s += timeLine + c.Time.UTC().Format(time.RFC3339) + "\n"
	}
	return s
}

// Sign returns the checkpoint as a signed note. It fails when the signer's name
// is not the checkpoint's origin.
func (c Checkpoint) Sign(s *Signer) ([]byte, error) {
	if s.Name() != c.Origin {
		return nil, fmt.Errorf("record: key of %q cannot sign for %q", s.Name(), c.Origin)
	}
	return note.Sign(&note.Note{Text: c.Text()}, s)
}

// OpenCheckpoint checks a signed checkpoint against a verifier key and returns
// what it says. Signatures by other keys (witnesses) are left unread.
// The error is a *VerifyError.
func OpenCheckpoint(signed []byte, verifierKey string) (Checkpoint, error) {
	v, err := parseVerifierKey(verifierKey)
	if err != nil {
		return Checkpoint{}, &VerifyError{Code: CodeKeyMalformed, Detail: err.Error()}
	}
	n, err := note.Open(signed, note.VerifierList(v))
	var bad *note.InvalidSignatureError
	var unsigned *note.UnverifiedNoteError
	switch {
	case errors.As(err, &bad):
		return Checkpoint{}, &VerifyError{Code: CodeSignatureWrong, Detail: "the checkpoint was changed after " + v.Name() + " signed it"}
	case errors.As(err, &unsigned):
		return Checkpoint{}, &VerifyError{Code: CodeSignatureMissing, Detail: "the checkpoint has no signature by " + clip(verifierKey)}
	case err != nil:
		return Checkpoint{}, &VerifyError{Code: CodeCheckpointMalformed, Detail: "not a signed note"}
	}
	if _, err := decode64(n.Sigs[0].Base64); err != nil {
		return Checkpoint{}, &VerifyError{Code: CodeCheckpointMalformed, Detail: err.Error()}
	}
	c, err := parseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, &VerifyError{Code: CodeCheckpointMalformed, Detail: err.Error()}
	}
	if c.Origin != v.Name() {
		return Checkpoint{}, &VerifyError{Code: CodeCheckpointMalformed, Detail: fmt.Sprintf("origin %q is signed by the key of %q", clip(c.Origin), v.Name())}
	}
	return c, nil
}

func parseCheckpoint(text string) (c Checkpoint, err error) {
	lines := strings.Split(text, "\n")
	// The text ends in a newline, so the last element is the empty rest.
	if len(lines) < 4 || lines[len(lines)-1] != "" {
		return c, errors.New("a checkpoint has at least three lines")
	}
	c.Origin = lines[0]
	if c.Origin == "" {
		return c, errors.New("the origin line is empty")
	}
	if c.Size, err = parseSize(lines[1]); err != nil {
		return c, err
	}
	if c.Root, err = decodeHash(lines[2]); err != nil {
		return c, err
	}
	for _, line := range lines[3 : len(lines)-1] {
		if line == "" {
			return c, errors.New("a checkpoint line is empty")
		}
		if stamp, ok := strings.CutPrefix(line, timeLine); ok {
			if c.Time, err = time.Parse(time.RFC3339, stamp); err != nil {
				return c, fmt.Errorf("time %q is not RFC 3339", clip(stamp))
			}
		}
	}
	return c, nil
}

// parseSize reads a size or index: ASCII decimal, no sign, no leading zero.
func parseSize(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || n > maxTreeSize || strconv.FormatInt(n, 10) != s {
		return 0, fmt.Errorf("%q is not a size or index", clip(s))
	}
	return n, nil
}

package record

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// emptyRoot is the root of the tree without leaves: SHA-256 of nothing.
var emptyRoot = tlog.Hash(sha256.Sum256(nil))

// Code names one way a check can fail. `fieldtrial verify --json` prints it.
type Code string

// What can be wrong, from the outside in.
const (
	CodeReceiptMalformed     Code = "record.receipt_malformed"     // the file is not a receipt
	CodeKeyMalformed         Code = "record.key_malformed"         // the verifier key is not one
	CodeKeyOther             Code = "record.key_other"             // signed by another key than the pinned one
	CodeCheckpointMalformed  Code = "record.checkpoint_malformed"  // the checkpoint is not one
	CodeSignatureMissing     Code = "record.signature_missing"     // no signature by the key
	CodeSignatureWrong       Code = "record.signature_wrong"       // the checkpoint was changed
	CodeNotIncluded          Code = "record.not_included"          // kind, contest, salt, payload, index or proof was changed
	CodeConsistencyMalformed Code = "record.consistency_malformed" // the consistency file is not one
	CodeInconsistent         Code = "record.inconsistent"          // two checkpoints contradict each other
	CodeUnrelated            Code = "record.unrelated"             // the files are sound but do not belong together
	CodeLate                 Code = "record.late"                  // recorded after the deadline
	CodeLogMalformed         Code = "record.log_malformed"         // the log file is not one
)

// VerifyError says what failed. Code is stable; Detail is English, for the curious.
type VerifyError struct {
	Code   Code
	Detail string
}

func (e *VerifyError) Error() string { return string(e.Code) + ": " + e.Detail }

// Options tighten Verify.
type Options struct {
	// Key is the verifier key that must have signed, from a place the reader
	// trusts. Without it a receipt only proves what its own key says.
	Key string
}

// Result is what a sound receipt proves.
type Result struct {
	Kind           Kind
	Contest        string // scope: public id of the contest or programme
	Payload        []byte
	Index          int64
	TreeSize       int64
	Root           tlog.Hash
	Origin         string
	CheckpointTime time.Time // the log's clock when it signed; zero when not stated
	VerifierKey    string
	KeyPinned      bool // the key was the one asked for

	commitment Commitment
}

// Verify checks a receipt file by itself, without network or database. Its
// error is always a *VerifyError.
func Verify(receipt []byte, opts Options) (Result, error) {
	r, err := ParseReceipt(receipt)
	if err != nil {
		return Result{}, err
	}
	pinned := strings.TrimSpace(opts.Key)
	if pinned != "" {
		if _, err := parseVerifierKey(pinned); err != nil {
			return Result{}, &VerifyError{Code: CodeKeyMalformed, Detail: err.Error()}
		}
		if r.VerifierKey != pinned {
			return Result{}, &VerifyError{Code: CodeKeyOther, Detail: fmt.Sprintf("the receipt names key %s", clip(r.VerifierKey))}
		}
	}
	c, err := OpenCheckpoint(r.Proof.Checkpoint, r.VerifierKey)
	if err != nil {
		return Result{}, err
	}
	leaf := PublicLeaf{Kind: r.Kind, Scope: r.Contest, Commitment: Commit(r.Salt, r.Payload)}
	if err := tlog.CheckRecord(r.Proof.Hashes, c.Size, c.Root, r.Proof.Index, leaf.Hash()); err != nil {
		return Result{}, &VerifyError{Code: CodeNotIncluded, Detail: fmt.Sprintf("leaf %d is not this one in the tree of %d leaves", r.Proof.Index, c.Size)}
	}
	return Result{
		Kind: r.Kind, Contest: r.Contest, Payload: r.Payload,
		Index: r.Proof.Index, TreeSize: c.Size, Root: c.Root,
		Origin: c.Origin, CheckpointTime: c.Time,
		VerifierKey: r.VerifierKey, KeyPinned: pinned != "", commitment: leaf.Commitment,
	}, nil
}

package record

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Chain collects checkpoints of one log and remembers which of them have been
// shown to belong to one history. The zero value is not usable; see NewChain.
type Chain struct {
	key    string // all checkpoints must be signed by it
	points map[int64]*point
}

type point struct {
	checkpoint Checkpoint
	history    int // points with the same number are proven to share one history
}

// NewChain starts from a verified receipt.
func NewChain(r Result) *Chain {
	c := &Chain{key: r.VerifierKey, points: map[int64]*point{}}
	_ = c.note(r.checkpoint()) // the first point contradicts nothing
	return c
}

// NewChainAt starts from a checkpoint that OpenCheckpoint has checked against the key.
func NewChainAt(c Checkpoint, verifierKey string) *Chain {
	chain := &Chain{key: verifierKey, points: map[int64]*point{}}
	_ = chain.note(c)
	return chain
}

func (r Result) checkpoint() Checkpoint {
	return Checkpoint{Origin: r.Origin, Size: r.TreeSize, Root: r.Root, Time: r.CheckpointTime}
}

// note adds a checkpoint, whose signature the caller has checked. Two roots at
// one size are a fork: CodeInconsistent.
func (c *Chain) note(cp Checkpoint) error {
	known, ok := c.points[cp.Size]
	if !ok {
		c.points[cp.Size] = &point{checkpoint: cp, history: len(c.points)}
		return nil
	}
	if known.checkpoint.Root != cp.Root {
		return &VerifyError{Code: CodeInconsistent, Detail: fmt.Sprintf("two signed checkpoints of %d leaves have different roots", cp.Size)}
	}
	return nil
}

// AddReceipt adds the checkpoint of another verified receipt of the same log.
func (c *Chain) AddReceipt(r Result) error {
	if r.VerifierKey != c.key {
		return &VerifyError{Code: CodeUnrelated, Detail: "the receipts are signed by different keys"}
	}
	return c.note(r.checkpoint())
}

// AddConsistency checks a consistency file (a proof and a later checkpoint)
// against a checkpoint already here and joins the two. The error is a *VerifyError:
// CodeUnrelated when the proof starts from no checkpoint seen so far,
// CodeInconsistent when the two contradict each other.
func (c *Chain) AddConsistency(file []byte) (Checkpoint, error) {
	p, err := ParseConsistency(string(file))
	if err != nil {
		return Checkpoint{}, &VerifyError{Code: CodeConsistencyMalformed, Detail: err.Error()}
	}
	later, err := OpenCheckpoint(p.Checkpoint, c.key)
	if err != nil {
		return Checkpoint{}, err
	}
	old, ok := c.points[p.OldSize]
	if !ok {
		return Checkpoint{}, &VerifyError{Code: CodeUnrelated, Detail: fmt.Sprintf("the proof starts from %d leaves, which no receipt here does", p.OldSize)}
	}
	if later.Size < p.OldSize {
		return Checkpoint{}, &VerifyError{Code: CodeConsistencyMalformed, Detail: "the later checkpoint is the smaller one"}
	}
	if err := checkConsistency(p.Hashes, later, old.checkpoint); err != nil {
		return Checkpoint{}, &VerifyError{Code: CodeInconsistent, Detail: fmt.Sprintf("the log of %d leaves does not begin with the log of %d", later.Size, p.OldSize)}
	}
	if err := c.note(later); err != nil {
		return Checkpoint{}, err
	}
	c.join(old.history, c.points[later.Size].history)
	return later, nil
}

func (c *Chain) join(a, b int) {
	for _, p := range c.points {
		if p.history == b {
			p.history = a
		}
	}
}

// Joined reports whether the checkpoints of two receipts are proven to be of one history.
func (c *Chain) Joined(a, b Result) bool {
	p, q := c.points[a.TreeSize], c.points[b.TreeSize]
	return p != nil && q != nil && p.history == q.history
}

// checkConsistency is tlog.CheckTree with the case it leaves out: every tree
// extends the empty one, and nothing needs showing for it but its known root.
func checkConsistency(hashes []tlog.Hash, later, old Checkpoint) error {
	if old.Size == 0 {
		if len(hashes) != 0 || old.Root != emptyRoot {
			return fmt.Errorf("record: the empty log has another root")
		}
		return nil
	}
	return tlog.CheckTree(hashes, later.Size, later.Root, old.Size, old.Root)
}

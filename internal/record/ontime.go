package record

import "fmt"

// OnTime decides whether an entry was recorded before its challenge closed:
// exactly when its index is below that of the challenge's deadline leaf. Both
// results come from Verify. Times play no part in it.
//
// The error is a *VerifyError: CodeUnrelated when the two are not an entry and the
// deadline of its own challenge, CodeLate when the entry came after.
func OnTime(entry, deadline Result) error {
	unrelated := func(format string, args ...any) error {
		return &VerifyError{Code: CodeUnrelated, Detail: fmt.Sprintf(format, args...)}
	}
	switch entry.Kind {
	case KindEntryReceived, KindEntryPromised:
	case KindEntryGrace, KindEntryExtended, KindEntryCorrected: // accepted after the deadline, by their own word
	default:
		return unrelated("the receipt is of kind %s, not %s", entry.Kind, KindEntryReceived)
	}
	if deadline.Kind != KindDeadline {
		return unrelated("the deadline receipt is of kind %s, not %s", deadline.Kind, KindDeadline)
	}
	if entry.VerifierKey != deadline.VerifierKey {
		return unrelated("the receipts are signed by different keys")
	}
	if entry.Contest != deadline.Contest {
		return unrelated("the receipts are of different contests")
	}
	challenge := challengeOf(entry.Payload)
	if challenge == "" || challenge != challengeOf(deadline.Payload) {
		return unrelated("the receipts are of different challenges")
	}
	if entry.Kind != KindEntryReceived && entry.Kind != KindEntryPromised {
		return &VerifyError{Code: CodeLate, Detail: fmt.Sprintf("the entry is on record as %s: accepted after the deadline", entry.Kind)}
	}
	if entry.Index >= deadline.Index {
		return &VerifyError{Code: CodeLate, Detail: fmt.Sprintf("the entry has index %d, the deadline %d", entry.Index, deadline.Index)}
	}
	return nil
}

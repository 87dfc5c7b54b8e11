package contest

// State is where the authoring of a challenge stands.
type State string

// The states of authoring.
const (
	StateDraft     State = "draft"
	StateReturned  State = "returned" // given back with a reason
	StateSent      State = "sent"     // waits for a second official
	StateApproved  State = "approved"
	StatePublished State = "published"
)

// Next is what has to happen next with a challenge.
type Next string

// What can come next, in order.
const (
	NextWrite        Next = "write"
	NextApprove      Next = "approve"
	NextPublish      Next = "publish"
	NextWaitOpening  Next = "wait_opening"
	NextWaitDeadline Next = "wait_deadline"
	NextAssign       Next = "assign"
	NextJudge        Next = "judge"
	NextDecide       Next = "decide"
	NextRelease      Next = "release"
	NextDone         Next = "done"
)

// NextOf says what has to happen next with a challenge in a state and phase.
func NextOf(s State, p Phase, decided bool) Next {
	switch s {
	case StateDraft, StateReturned:
		return NextWrite
	case StateSent:
		return NextApprove
	case StateApproved:
		return NextPublish
	}
	switch p {
	case Announced:
		return NextWaitOpening
	case Open:
		return NextWaitDeadline
	case Closed:
		return NextAssign
	case Judging:
		return NextJudge
	case Deliberation:
		if decided {
			return NextRelease
		}
		return NextDecide
	}
	return NextDone
}

package contest

import "time"

// Phase is where a challenge stands.
type Phase string

// The phases of a challenge, in order.
const (
	Draft        Phase = "draft"        // not published
	Announced    Phase = "announced"    // published, not open yet
	Open         Phase = "open"         // takes entries
	Closed       Phase = "closed"       // the deadline has passed; nothing assigned yet
	Judging      Phase = "judging"      // entries are assigned to jurors
	Deliberation Phase = "deliberation" // scores are locked
	Results      Phase = "results"      // the results are out
	Archived     Phase = "archived"     // of an archived contest, kept to be read without results of ours
)

// Phases lists the phases in order.
var Phases = []Phase{Draft, Announced, Open, Closed, Judging, Deliberation, Results, Archived}

// Dates are the four moments of a challenge: Opens < Closes < JudgingEnds < Results.
type Dates struct {
	Opens, Closes, JudgingEnds, Results time.Time
}

// Ordered reports whether the dates follow each other.
func (d Dates) Ordered() bool {
	return d.Opens.Before(d.Closes) && d.Closes.Before(d.JudgingEnds) && d.JudgingEnds.Before(d.Results)
}

// Phase says where the challenge stands at a moment. The deadline itself is outside: at
// Dates.Closes the challenge is closed.
func (c Challenge) Phase(now time.Time) Phase {
	switch {
	case c.PublishedAt == nil:
		return Draft
	case c.ReleasedAt != nil:
		return Results
	case c.ArchivedAt != nil:
		return Archived
	case now.Before(c.Dates.Opens):
		return Announced
	case now.Before(c.Dates.Closes):
		return Open
	case c.LockedAt != nil || c.DecidedAt != nil:
		return Deliberation
	case c.AssignedAt != nil:
		return Judging
	}
	return Closed
}

// AfterDeadline reports whether the challenge takes no more entries at that moment: the deadline and
// the grace after it are over. What was submitted stays sealed until then. An extension of a single
// team keeps only that team's entry open.
func (c Challenge) AfterDeadline(now time.Time) bool { return !now.Before(c.Dates.Closes.Add(c.Grace)) }

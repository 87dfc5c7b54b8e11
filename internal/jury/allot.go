package jury

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury/assign"
)

// Mode is how entries are given to jurors.
type Mode string

// Everyone reads everything that is not in conflict, or k reviews for each entry.
const (
	All  Mode = "all"
	Even Mode = "even"
)

// AssignRequest asks for an assignment. K is for Even; 0 is the contest's number of reviews. Seats
// are those who read; none means everyone with the role of juror who has not dropped out. HostSeat
// asks for one juror of the challenge's cities on each entry. Move lets reviews that nobody has
// begun go to others. Seed is hexadecimal; with the seed of a preview exactly that plan is applied.
type AssignRequest struct {
	Mode     Mode
	K        int
	Seats    []uuid.UUID
	HostSeat bool
	Move     bool
	Seed     string
	Preview  bool
}

// Load is one juror's number of entries before and after, and the most the juror takes here.
type Load struct {
	Seat          uuid.UUID
	Name          string
	Before, After int
	Limit         *int
}

// Unmet is an entry that nobody is left to read often enough, and how many of the jurors who do not
// read it are in conflict or forbidden, do not read its language, have all they take.
type Unmet struct {
	Entry                  Candidate
	Missing                int
	Barred, Language, Full int
}

// Refused is a pin that a conflict does not allow.
type Refused struct {
	Entry Candidate
	Name  string
}

// Part is one part of the jury's work that no juror links to the others.
type Part struct {
	Entries int
	Names   []string
}

// Allotment is what was, or would be, assigned, as far as the actor may see the entries. Unscreened
// are those of them that nobody has checked for eligibility, Correcting those whose teams may still
// change what the jury would read. Waived are the entries without a juror of the host city; Parts
// has more than one element where scores cannot be compared across. Proven says that no better plan
// exists.
type Allotment struct {
	Unscreened, Correcting int

	Mode     Mode
	K        int
	HostSeat bool
	Seed     string
	Applied  bool
	Entries  int
	Added    int
	Removed  int
	Loads    []Load
	Unmet    []Unmet
	Waived   []Candidate
	Refused  []Refused
	Parts    []Part
	Proven   bool
}

// Assign gives entries to jurors after the deadline, or says what it would do. A pair in conflict
// is never made, not even by hand. Run again, it fills what is missing and moves nothing, unless
// it is asked to; a review that was begun or submitted never moves.
func (s *Service) Assign(ctx context.Context, actor authz.Actor, challenge uuid.UUID, req AssignRequest) (Allotment, error) {
	if req.Preview {
		c, err := contest.Load(ctx, s.db.Pool(), challenge)
		if err != nil {
			return Allotment{}, err
		}
		p, err := draftPlan(ctx, s.db.Pool(), actor, c, req)
		return p.answer(actor), err
	}
	var out Allotment
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		p, err := draftPlan(ctx, tx.Pgx(), actor, c, req)
		if err != nil {
			return err
		}
		if err := p.apply(tx, actor); err != nil {
			return err
		}
		out = p.answer(actor)
		out.Applied = true
		return nil
	})
	if _, again := database.Replayed(err); again {
		req.Preview = true // everything is given already: the answer is a plan that adds nothing
		out, err = s.Assign(ctx, actor, challenge, req)
		out.Applied = true
	}
	return out, err
}

// allotPlan is an assignment with all that it was made from.
type allotPlan struct {
	challenge contest.Challenge
	req       AssignRequest
	roster    []Candidate
	members   []Member
	dropped   map[uuid.UUID]bool
	held      []assign.Held
	limits    map[uuid.UUID]*int
	unchecked map[uuid.UUID]bool
	changing  map[uuid.UUID]bool
	plan      assign.Plan
}

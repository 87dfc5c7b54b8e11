package calround

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury"
)

// Overview is what the chair sees of a challenge's calibration round. Choices are the entries that a new
// round can have, for who may open one. Spread is nil while its reader must not see it.
type Overview struct {
	Challenge contest.Challenge
	Criteria  []contest.Criterion
	Settled   bool   // the challenge has opened: whether the scores count stays as it is
	Obstacle  string // why no round can be opened; "" where one can, or there is one
	Choices   []Choice
	Round     Round
	Entries   []jury.Candidate // of the round
	Jurors    []Progress
	Spread    []Spread
	Past      []Round // cancelled ones before it
	Allowed   []authz.Action
}

// Choice is an entry that a round can have. Conflicts counts the jurors who could not score it.
type Choice struct {
	Entry     jury.Candidate
	Conflicts int
	Suggested bool
}

// Progress is how far one juror is. Of counts the entries that the juror is to score, of those that the
// reader may see; 0: in conflict with all of them.
type Progress struct {
	Seat     uuid.UUID
	Name     string
	Of       int
	Begun    int // sheets that were saved
	HandedAt *time.Time
}

// Overview reads the round for those who follow the jury's work.
func (s *Service) Overview(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Overview, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Overview{}, err
	}
	if err := actor.Require(authz.SeeProgress, c.Scope()); err != nil {
		return Overview{}, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{Challenge: c, Settled: !now.Before(c.Dates.Opens), Choices: []Choice{}, Entries: []jury.Candidate{}, Jurors: []Progress{}, Past: []Round{}}
	all, err := rounds(ctx, q, c.ID)
	if err != nil {
		return out, err
	}
	for i, r := range all {
		if i == 0 && r.CancelledAt == nil {
			out.Round = r
			continue
		}
		out.Past = append(out.Past, r)
	}
	if out.Criteria, err = contest.Rubric(ctx, q, c.ID); err != nil {
		return out, err
	}
	if out.Round.State() == None {
		err = s.prepare(ctx, actor, &out, now)
	} else {
		err = s.follow(ctx, actor, &out)
	}
	actions := []authz.Action{}
	if !out.Settled {
		actions = append(actions, authz.SettleCalibration)
	}
	if out.Obstacle == "" && out.Round.State() != Closed {
		actions = append(actions, authz.RunCalibration)
	}
	out.Allowed = actor.Allowed(c.Scope(), actions...)
	return out, err
}

// prepare says what a new round can be made from, or why there can be none.
func (s *Service) prepare(ctx context.Context, actor authz.Actor, out *Overview, now time.Time) error {
	q, c := s.db.Pool(), out.Challenge
	if !c.AfterDeadline(now) {
		out.Obstacle = "early"
		return nil
	}
	yes, err := begun(ctx, q, c)
	if err != nil {
		return err
	}
	field, err := jury.Roster(ctx, q, actor, c)
	switch {
	case err != nil:
		return err
	case yes:
		out.Obstacle = "begun"
		return nil
	case len(field) < Size:
		out.Obstacle = "few"
		return nil
	case !actor.May(authz.RunCalibration, c.Scope()):
		return nil
	}
	jurors, err := panel(ctx, q, c, uuid.Nil)
	if err != nil {
		return err
	}
	out.Choices = choices(field, jurors)
	return nil
}

// choices lists the entries with how many jurors could not score each. Suggested are those that fewest
// are in conflict with, the first by reference among equals.
func choices(field []jury.Candidate, jurors []member) []Choice {
	out := make([]Choice, len(field))
	order := make([]int, len(field))
	for i, e := range field {
		out[i].Entry, order[i] = e, i
		for _, m := range jurors {
			if slices.Contains(m.Blind, e.EntryID) {
				out[i].Conflicts++
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return out[a].Conflicts - out[b].Conflicts })
	for _, i := range order[:min(Size, len(order))] {
		out[i].Suggested = true
	}
	return out
}

// follow says how far a round is.
func (s *Service) follow(ctx context.Context, actor authz.Actor, out *Overview) error {
	q, c := s.db.Pool(), out.Challenge
	field, err := jury.Roster(ctx, q, actor, c)
	if err != nil {
		return err
	}
	out.Entries = out.Round.among(field)
	jurors, err := panel(ctx, q, c, out.Round.ID)
	if err != nil {
		return err
	}
	for _, m := range jurors {
		to := m.of(idsOf(out.Entries))
		p := Progress{Seat: m.ID, Name: m.Name, Of: len(to)}
		for _, e := range to {
			if slices.Contains(m.Saved, e) {
				p.Begun++
			}
		}
		if p.Of > 0 {
			p.HandedAt = m.HandedAt
		}
		out.Jurors = append(out.Jurors, p)
	}
	me, judges := seatedAt(jurors, actor.PersonID)
	if !out.sees(actor, me, judges) {
		return nil
	}
	var own *jury.Place
	if judges {
		own = &me.Place
	}
	out.Spread, err = s.spread(ctx, actor, c, out.Round, out.Criteria, out.Entries, own)
	return err
}

// sees says who reads the spread here: the chair, who scores first where he or she judges, and once the
// round is closed the auditor.
func (o Overview) sees(actor authz.Actor, me member, judges bool) bool {
	closed := o.Round.State() == Closed
	if actor.Has(authz.Chair, o.Challenge.Scope()) {
		return closed || me.HandedAt != nil || !judges
	}
	return closed && actor.Has(authz.Auditor, o.Challenge.Scope())
}

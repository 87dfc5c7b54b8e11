package meeting

import (
	"context"
	"slices"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/pitch"
	"github.com/google/uuid"
)

// Shown is an entry as the whole room may see it. Rank counts what is shown; totals name no juror.
type Shown struct {
	Reference string
	Title     string
	TeamName  string
	Rank      int
	Official  *float64
	Totals    []float64 // from the lowest up
	Outcome   award.Outcome
	Place     int
	Votes     Votes
}

// Projector is what may hang on the wall.
type Projector struct {
	Challenge contest.Challenge
	State     State
	There     int
	Members   int
	Quorum    int
	Hides     bool // somebody in the room is recused from an entry
	Current   *Shown
	Items     []Shown
}

// Projector leaves out every entry from which somebody in the room is recused, and counts ranks and places
// without them, so that no gap tells where they stand. Who has left for the entry under discussion is not in the
// room. Blind judging stays blind.
func (s *Service) Projector(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Projector, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Projector{}, err
	}
	if err := actor.Require(authz.RunMeeting, c.Scope()); err != nil {
		return Projector{}, err
	}
	st, err := load(ctx, q, c.ID)
	if err != nil {
		return Projector{}, err
	}
	r, err := readRoom(ctx, q, c, st)
	if err != nil {
		return Projector{}, err
	}
	out := Projector{Challenge: c, State: st.phase(), Quorum: st.Plan.Quorum, Items: []Shown{}}
	out.Members, out.There = r.members()
	if st.OpenedAt == nil {
		return out, nil
	}
	// Nobody in particular: without a role blind judging is blind, without a person nothing is excluded
	// but what the room must not see.
	wall := authz.Actor{Excluded: r.hidden()}
	out.Hides = len(wall.Excluded) > 0
	stand, err := pitch.Stand(ctx, q, wall, c)
	if err != nil {
		return out, err
	}
	all, err := proposals(ctx, q, st.ID)
	if err != nil {
		return out, err
	}
	totals := map[uuid.UUID][]float64{}
	for _, x := range stand.Reviews {
		totals[x.Entry] = append(totals[x.Entry], x.Total)
	}
	for _, row := range stand.Rows {
		p, listed := all[row.Entry]
		if !listed {
			continue
		}
		x := Shown{Reference: row.Summary.Reference, Title: row.Summary.Title, TeamName: row.Summary.TeamName, Rank: row.Rank,
			Totals: totals[row.Entry], Outcome: p.Outcome, Place: p.Place, Votes: p.Votes}
		slices.Sort(x.Totals)
		if row.Reviews > 0 {
			x.Official = &row.Official
		}
		if st.Current != nil && *st.Current == row.Entry {
			out.Current = &x
		}
		out.Items = append(out.Items, x)
	}
	if !out.Hides {
		return out, nil
	}
	closeUp(len(out.Items), func(i int) (award.Outcome, *int) { return out.Items[i].Outcome, &out.Items[i].Place })
	if out.Current != nil {
		at := slices.IndexFunc(out.Items, func(x Shown) bool { return x.Reference == out.Current.Reference })
		out.Current.Place = out.Items[at].Place
	}
	return out, nil
}

// closeUp counts the places of winners and of reserves among those that are shown, as ranks are counted: a
// place that is missing would tell where a hidden entry stands.
func closeUp(n int, at func(int) (award.Outcome, *int)) {
	given := make([]int, n)
	for i := range n {
		_, place := at(i)
		given[i] = *place
	}
	for i := range n {
		outcome, place := at(i)
		if *place == 0 {
			continue
		}
		*place = 1
		for k := range n {
			if other, _ := at(k); other == outcome && given[k] < given[i] {
				*place++
			}
		}
	}
}

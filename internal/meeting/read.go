package meeting

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/pitch"
)

// Score is one juror's total for an entry. Name is for those who may read names beside scores.
type Score struct {
	Label int
	Name  string
	Total float64
}

// Item is one entry on the agenda. Voters are the members who are there and may vote, Quorum how many of
// them it takes.
type Item struct {
	proposal
	jury.StandingRow
	Scores      []Score
	Away        []Away
	MustLeave   []uuid.UUID
	Voters      int
	Quorum      int
	NeedsReason bool
}

// Minutes are the meeting's, once it is closed. Body is "" for readers who are recused from an entry.
type Minutes struct {
	Body string
	Hash []byte
	At   time.Time
}

// Meeting is what a reader sees of it. Entries from which the reader is recused are absent.
type Meeting struct {
	Challenge contest.Challenge
	State     State
	Version   int
	Plan      Plan
	People    []Person
	Members   int
	There     int // of the members
	Current   *uuid.UUID
	OpenedAt  *time.Time
	ClosedAt  *time.Time
	Items     []Item
	Minutes   *Minutes
	Allowed   []authz.Action
}

// Meeting reads the meeting of a challenge. Before it is planned it says what would be usual.
func (s *Service) Meeting(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (Meeting, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return Meeting{}, err
	}
	if err := actor.Require(authz.SeeMeeting, c.Scope()); err != nil {
		return Meeting{}, err
	}
	st, err := load(ctx, q, c.ID)
	if err != nil {
		return Meeting{}, err
	}
	return read(ctx, q, actor, c, st)
}

func read(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge, st state) (Meeting, error) {
	r, err := readRoom(ctx, q, c, st)
	if err != nil {
		return Meeting{}, err
	}
	m := Meeting{Challenge: c, State: st.phase(), Version: st.Version, Plan: st.Plan, People: r.people, Current: st.Current,
		OpenedAt: st.OpenedAt, ClosedAt: st.ClosedAt, Items: []Item{}, Allowed: []authz.Action{}}
	m.Members, m.There = r.members()
	if st.ID == uuid.Nil {
		m.Plan = Plan{Language: c.Language, Quorum: m.Members/2 + 1}
	}
	if st.ClosedAt == nil && c.DecidedAt == nil {
		m.Allowed = actor.Allowed(c.Scope(), authz.RunMeeting)
	}
	if st.Current != nil && actor.Excluded[*st.Current] {
		m.Current = nil
	}
	if st.OpenedAt == nil {
		return m, nil
	}
	if m.Items, err = items(ctx, q, actor, c, st, r); err != nil {
		return m, err
	}
	if !actor.May(authz.RunMeeting, c.Scope()) && excluded(ctx, q, actor, st.ID) {
		closeUp(len(m.Items), func(i int) (award.Outcome, *int) { return m.Items[i].Outcome, &m.Items[i].Place })
	}
	if st.ClosedAt != nil {
		m.Minutes, err = minutesOf(ctx, q, st.ID)
		if m.Minutes != nil && excluded(ctx, q, actor, st.ID) {
			m.Minutes.Body = ""
		}
	}
	return m, err
}

// items are the agenda as the actor may see it, in the order of the ranking.
func items(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge, st state, r room) ([]Item, error) {
	out := []Item{}
	stand, err := pitch.Stand(ctx, q, actor, c)
	if err != nil {
		return nil, err
	}
	if err := stand.Note(ctx, q, actor); err != nil {
		return nil, err
	}
	all, err := proposals(ctx, q, st.ID)
	if err != nil {
		return nil, err
	}
	needs := departures(all)
	scores, err := scoresOf(ctx, q, actor, c, stand)
	if err != nil {
		return nil, err
	}
	for _, row := range stand.Rows {
		p, listed := all[row.Entry]
		if !listed {
			continue
		}
		x := Item{proposal: p, StandingRow: row, Scores: scores[row.Entry], Away: r.away[row.Entry], NeedsReason: needs[row.Entry], MustLeave: []uuid.UUID{}}
		x.Voters, x.Quorum = r.vote(row.Entry)
		for _, who := range r.mustLeave(row.Entry) {
			x.MustLeave = append(x.MustLeave, who.ID)
		}
		out = append(out, x)
	}
	return out, nil
}

// departures marks the entries whose recommendation departs from the ranking without a reason.
func departures(all map[uuid.UUID]proposal) map[uuid.UUID]bool {
	ids := make([]uuid.UUID, 0, len(all))
	for id := range all {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return all[a].Position - all[b].Position })
	placed := make([]award.Placed, len(ids))
	for i, id := range ids {
		p := all[id]
		placed[i] = award.Placed{Rank: p.Rank, Outcome: p.Outcome, Place: p.Place, Reason: p.Reason != ""}
	}
	out := map[uuid.UUID]bool{}
	for i, needs := range award.Unexplained(placed) {
		out[ids[i]] = needs
	}
	return out
}

func scoresOf(ctx context.Context, q database.Queryer, actor authz.Actor, c contest.Challenge, stand jury.Standing) (map[uuid.UUID][]Score, error) {
	entries := make([]uuid.UUID, len(stand.Rows))
	for i, row := range stand.Rows {
		entries[i] = row.Entry
	}
	panel, err := jury.PanelOf(ctx, q, actor, c, entries)
	if err != nil {
		return nil, err
	}
	by := map[uuid.UUID]jury.MatrixJuror{}
	for _, j := range panel {
		by[j.Seat] = j
	}
	out := map[uuid.UUID][]Score{}
	for _, x := range stand.Reviews {
		j := by[x.Seat]
		out[x.Entry] = append(out[x.Entry], Score{Label: j.Label, Name: j.Name, Total: x.Total})
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b Score) int { return a.Label - b.Label })
	}
	return out, nil
}

func minutesOf(ctx context.Context, q database.Queryer, meeting uuid.UUID) (*Minutes, error) {
	var m Minutes
	err := q.QueryRow(ctx, `select body, hash, made_at from meeting_minutes where meeting_id = $1`, meeting).Scan(&m.Body, &m.Hash, &m.At)
	if database.NotFound(err) {
		return nil, nil
	}
	return &m, err
}

// excluded reports whether the actor must not see some entry of the agenda.
func excluded(ctx context.Context, q database.Queryer, actor authz.Actor, meeting uuid.UUID) bool {
	all, err := proposals(ctx, q, meeting)
	if err != nil {
		return true
	}
	for id := range all {
		if actor.Excluded[id] {
			return true
		}
	}
	return false
}

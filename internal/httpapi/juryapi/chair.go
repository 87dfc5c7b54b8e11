package juryapi

import (
	"context"
	"encoding/base64"
	"fieldtrial/internal/httpapi"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/jury"
)

// GetJuryProgress answers with the jurors and how far each one is.
func (s *server) GetJuryProgress(ctx context.Context, r api.GetJuryProgressRequestObject) (api.GetJuryProgressResponseObject, error) {
	actor := authz.From(ctx)
	p, err := s.jury.Progress(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	c := p.Challenge
	out := api.GetJuryProgress200JSONResponse{
		ChallengeId: c.ID, ContestId: c.ContestID, Slug: c.Slug, Title: common.TextOf(c.Title), Language: common.Lang(c.Language), TimeZone: c.Zone,
		ClosesAt: c.Dates.Closes, JudgingEndsAt: c.Dates.JudgingEnds, Phase: string(p.Phase), LockedAt: c.LockedAt, DecidedAt: c.DecidedAt,
		Entries: p.Entries, ReviewsPerEntry: c.ReviewsPerEntry, Jurors: []common.JuryMember{}, Rounds: []common.JuryRound{},
		Reopened: p.Reopened, AllowedActions: actions(p.Allowed),
	}
	for _, m := range p.Jurors {
		out.Jurors = append(out.Jurors, member(actor, m))
	}
	for _, x := range p.Rounds {
		out.Rounds = append(out.Rounds, roundOf(x))
	}
	return out, nil
}

func member(actor authz.Actor, m jury.Member) common.JuryMember {
	out := common.JuryMember{SeatId: m.Seat, Name: m.Name, Chair: m.Chair, Juror: m.Juror, Declared: m.Declared, Conflicts: m.Conflicts,
		Assigned: m.Assigned, Submitted: m.Submitted, Drafts: m.Drafts, LastSavedAt: m.LastSaved}
	if m.City != nil {
		city := Mark(*m.City)
		out.City = &city
	}
	if m.Person == actor.PersonID {
		you := true
		out.You = &you
	}
	return out
}

func roundOf(r jury.Round) common.JuryRound {
	return common.JuryRound{Number: r.Number, Reviews: r.Reviews, Root: base64.StdEncoding.EncodeToString(r.Root), LockedAt: r.At}
}

// AssignJurors plans or applies an assignment.
func (s *server) AssignJurors(ctx context.Context, r api.AssignJurorsRequestObject) (api.AssignJurorsResponseObject, error) {
	a, err := s.jury.Assign(ctx, authz.From(ctx), r.Id, jury.AssignRequest{
		Mode: jury.Mode(r.Body.Mode), K: httpapi.Value(r.Body.K), Seats: ids(r.Body.Seats), Seed: httpapi.Value(r.Body.Seed), Preview: r.Body.Preview})
	if err != nil {
		return nil, err
	}
	out := api.AssignJurors200JSONResponse{Mode: string(a.Mode), K: a.K, Seed: a.Seed, Applied: a.Applied, Entries: a.Entries, Added: a.Added,
		Unscreened: a.Unscreened, Correcting: a.Correcting,
		Loads: []common.AssignLoad{}, Unmet: []common.AssignUnmet{}}
	for _, l := range a.Loads {
		out.Loads = append(out.Loads, common.AssignLoad{SeatId: l.Seat, Name: l.Name, Before: l.Before, After: l.After})
	}
	for _, u := range a.Unmet {
		out.Unmet = append(out.Unmet, common.AssignUnmet{EntryId: u.Entry.EntryID, Reference: u.Entry.Reference, TeamName: u.Entry.TeamName, Missing: u.Missing})
	}
	return out, nil
}

// GetMatrix answers with jurors by entries.
func (s *server) GetMatrix(ctx context.Context, r api.GetMatrixRequestObject) (api.GetMatrixResponseObject, error) {
	m, err := s.jury.Matrix(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.GetMatrix200JSONResponse{Sealed: m.Sealed, Jurors: []common.MatrixJuror{}, Rows: []common.MatrixRow{}}
	for _, j := range m.Jurors {
		out.Jurors = append(out.Jurors, common.MatrixJuror{SeatId: j.Seat, Label: j.Label, Name: some(j.Name)})
	}
	for _, row := range m.Rows {
		x := common.MatrixRow{EntryId: row.Entry.EntryID, Reference: row.Entry.Reference, Title: row.Entry.Title, TeamName: row.Entry.TeamName, Cells: []common.MatrixCell{}}
		for _, c := range row.Cells {
			x.Cells = append(x.Cells, common.MatrixCell{SeatId: c.Seat, State: common.MatrixCellState(c.State), Total: c.Total, ReviewId: c.Review, Reopened: some(c.Reopened)})
		}
		out.Rows = append(out.Rows, x)
	}
	return out, nil
}

// GetRanking answers with the jury's order.
func (s *server) GetRanking(ctx context.Context, r api.GetRankingRequestObject) (api.GetRankingResponseObject, error) {
	st, err := s.jury.Ranking(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.GetRanking200JSONResponse{Locked: st.Challenge.LockedAt != nil, MinReviews: st.MinReviews, PooledSd: st.PooledSD,
		LotterySeed: some(st.Seed), Criteria: Criteria(st.Criteria), Rows: []common.RankingRow{}}
	for _, row := range st.Rows {
		x := common.RankingRow{EntryId: row.Entry, Reference: row.Summary.Reference, Title: row.Summary.Title, TeamName: row.Summary.TeamName,
			Reviews: row.Reviews, Rank: some(row.Rank), Sd: row.SD, Se: row.SE, Tie: common.RankingRowTie(row.Tie), Criteria: []common.CriterionMean{}}
		if row.Reviews > 0 {
			mean := row.Mean
			x.Mean = &mean
		}
		for i, m := range row.Criteria {
			x.Criteria = append(x.Criteria, common.CriterionMean{CriterionId: st.Criteria[i].ID, Mean: m})
		}
		out.Rows = append(out.Rows, x)
	}
	return out, nil
}

package juryapi

import (
	"context"
	"encoding/base64"

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
			x.Cells = append(x.Cells, common.MatrixCell{SeatId: c.Seat, State: common.MatrixCellState(c.State), Total: c.Total, NotApplicable: some(c.Left), ReviewId: c.Review, Reopened: some(c.Reopened)})
		}
		out.Rows = append(out.Rows, x)
	}
	return out, nil
}

package juryapi

import (
	"context"
	"math"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
	api "fieldtrial/internal/httpapi/oapi/jury"
	"fieldtrial/internal/jury"
)

// GetRanking answers with the jury's order and how sure it is.
func (s *server) GetRanking(ctx context.Context, r api.GetRankingRequestObject) (api.GetRankingResponseObject, error) {
	st, err := s.jury.Ranking(ctx, authz.From(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	out := api.GetRanking200JSONResponse{Locked: st.Challenge.LockedAt != nil, Order: common.RankingOrder(st.Order), Places: st.Places,
		MinReviews: st.Least, PooledSd: st.PooledSD, Split: st.Split, LotterySeed: some(st.Seed), Criteria: Criteria(st.Criteria),
		Rows: []common.RankingRow{}, Jurors: rankingJurors(st), Flags: []common.RankingFlag{}, Without: []common.RankingWithout{}}
	if f := st.Fit; f != nil {
		out.Fit = &common.RankingFit{Mean: f.Mean, SdEntries: math.Sqrt(f.Variances.Entry), SdJurors: math.Sqrt(f.Variances.Juror),
			SdResidual: math.Sqrt(f.Variances.Residual), Alike: f.Alike}
	}
	scores := rankingScores(st)
	for _, row := range st.Rows {
		out.Rows = append(out.Rows, rankingRow(st, row, scores[row.Entry]))
	}
	for _, f := range st.Flags {
		out.Flags = append(out.Flags, common.RankingFlag{EntryId: f.Entry, SeatId: f.Seat, Total: f.Total, Expected: f.Expected, Sigmas: f.Sigmas})
	}
	for _, w := range st.Without {
		out.Without = append(out.Without, common.RankingWithout{SeatId: w.Seat, Wins: w.Wins, Lose: w.Lose})
	}
	return out, nil
}

func rankingRow(st jury.Ranking, row jury.StandingRow, scores []common.RankingScore) common.RankingRow {
	out := common.RankingRow{EntryId: row.Entry, Reference: row.Summary.Reference, Title: row.Summary.Title, TeamName: row.Summary.TeamName,
		Reviews: row.Reviews, Rank: some(row.Rank), RawRank: some(row.RawRank), CalibratedRank: some(row.CalibratedRank), Sd: row.SD, Se: row.SE,
		Calibrated: row.Calibrated, CalibratedSe: row.Error, Z: row.Z, Tie: common.RankingRowTie(row.Tie), Criteria: []common.CriterionMean{},
		Scores: scores}
	if scores == nil {
		out.Scores = []common.RankingScore{}
	}
	if row.Reviews > 0 {
		out.Mean, out.Official = &row.Mean, &row.Official
	}
	if w := row.Worth; w != nil {
		out.Chance, out.ExpectedRank, out.LowRank, out.HighRank = &w.Chance, &w.Expected, &w.Low, &w.High
	}
	for i, m := range row.Criteria {
		out.Criteria = append(out.Criteria, common.CriterionMean{CriterionId: st.Criteria[i].ID, Mean: m})
	}
	return out
}

// rankingScores gives each entry's totals in the jurors' order, with what is left of them after
// taking off the juror's leniency.
func rankingScores(st jury.Ranking) map[uuid.UUID][]common.RankingScore {
	leniency := map[uuid.UUID]*float64{}
	for _, j := range st.Jurors {
		leniency[j.Seat] = j.Leniency
	}
	given := map[uuid.UUID][]jury.Counted{}
	for _, r := range st.Reviews {
		given[r.Seat] = append(given[r.Seat], r)
	}
	out := map[uuid.UUID][]common.RankingScore{}
	for _, j := range st.Panel {
		for _, r := range given[j.Seat] {
			x := common.RankingScore{SeatId: r.Seat, Total: r.Total}
			if b := leniency[r.Seat]; b != nil {
				adjusted := r.Total - *b
				x.Adjusted = &adjusted
			}
			out[r.Entry] = append(out[r.Entry], x)
		}
	}
	return out
}

// rankingJurors are the jurors whose reviews count, in the matrix's order.
func rankingJurors(st jury.Ranking) []common.RankingJuror {
	out := []common.RankingJuror{}
	for _, p := range st.Panel {
		for _, j := range st.Jurors {
			if j.Seat == p.Seat {
				out = append(out, common.RankingJuror{SeatId: p.Seat, Label: p.Label, Name: some(p.Name), Reviews: j.Reviews, Mean: j.Mean,
					Leniency: j.Leniency, LeniencySe: j.Error})
			}
		}
	}
	return out
}

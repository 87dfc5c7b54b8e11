package calroundapi

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/calround"
	"fieldtrial/internal/database"
	"fieldtrial/internal/httpapi/juryapi"
	api "fieldtrial/internal/httpapi/oapi/calround"
	"fieldtrial/internal/httpapi/oapi/common"
)

// GetCalibration answers with the round, or with what one could be made from.
func (s *server) GetCalibration(ctx context.Context, r api.GetCalibrationRequestObject) (api.GetCalibrationResponseObject, error) {
	out, err := s.overview(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetCalibration200JSONResponse(out), nil
}

// OpenCalibration begins a round; a repeated request finds it begun.
func (s *server) OpenCalibration(ctx context.Context, r api.OpenCalibrationRequestObject) (api.OpenCalibrationResponseObject, error) {
	_, err := s.rounds.Open(ctx, authz.From(ctx), r.Id, r.Body.EntryIds)
	if _, again := database.Replayed(err); err != nil && !again {
		return nil, err
	}
	out, err := s.overview(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return api.OpenCalibration201JSONResponse(out), nil
}

// SettleCalibration says whether a round counts.
func (s *server) SettleCalibration(ctx context.Context, r api.SettleCalibrationRequestObject) (api.SettleCalibrationResponseObject, error) {
	if err := s.rounds.Settle(ctx, authz.From(ctx), r.Id, r.Body.Counts); err != nil {
		return nil, err
	}
	return api.SettleCalibration204Response{}, nil
}

// CloseCalibration ends the round.
func (s *server) CloseCalibration(ctx context.Context, r api.CloseCalibrationRequestObject) (api.CloseCalibrationResponseObject, error) {
	if err := s.rounds.Close(ctx, authz.From(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.CloseCalibration204Response{}, nil
}

// CancelCalibration calls the round off.
func (s *server) CancelCalibration(ctx context.Context, r api.CancelCalibrationRequestObject) (api.CancelCalibrationResponseObject, error) {
	if err := s.rounds.Cancel(ctx, authz.From(ctx), r.Id, r.Body.Reason); err != nil {
		return nil, err
	}
	return api.CancelCalibration204Response{}, nil
}

func (s *server) overview(ctx context.Context, challenge uuid.UUID) (common.Calibration, error) {
	o, err := s.rounds.Overview(ctx, authz.From(ctx), challenge)
	if err != nil {
		return common.Calibration{}, err
	}
	c := o.Challenge
	out := common.Calibration{ChallengeId: c.ID, Slug: c.Slug, Title: common.TextOf(c.Title), Language: common.Lang(c.Language), TimeZone: c.Zone,
		OpensAt: c.Dates.Opens, Counts: c.CalibrationCounts, Settled: o.Settled, State: common.CalibrationState(o.Round.State()),
		OpenedAt: since(o.Round), ClosedAt: o.Round.ClosedAt, Choices: []common.CalibrationChoice{}, Entries: entriesOf(o.Entries),
		Jurors: []common.CalibrationJuror{}, Criteria: juryapi.Criteria(o.Criteria), Spread: spreadOf(o.Spread), Past: []common.CalibrationCancelled{},
		AllowedActions: []string{}}
	if o.Obstacle != "" {
		why := common.CalibrationObstacle(o.Obstacle)
		out.Obstacle = &why
	}
	for _, x := range o.Choices {
		out.Choices = append(out.Choices, common.CalibrationChoice{Entry: entryOf(x.Entry), Conflicts: x.Conflicts, Suggested: x.Suggested})
	}
	for _, j := range o.Jurors {
		out.Jurors = append(out.Jurors, common.CalibrationJuror{SeatId: j.Seat, Name: j.Name, Of: j.Of, Begun: j.Begun, HandedInAt: j.HandedAt})
	}
	for _, p := range o.Past {
		out.Past = append(out.Past, common.CalibrationCancelled{OpenedAt: p.OpenedAt, CancelledAt: *p.CancelledAt, Reason: p.Reason})
	}
	for _, a := range o.Allowed {
		out.AllowedActions = append(out.AllowedActions, string(a))
	}
	return out, nil
}

// since is nil where there is no round.
func since(r calround.Round) *time.Time {
	if r.State() == calround.None {
		return nil
	}
	return &r.OpenedAt
}

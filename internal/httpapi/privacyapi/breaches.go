package privacyapi

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	. "fieldtrial/internal/httpapi/oapi/common"
	oapi "fieldtrial/internal/httpapi/oapi/privacy"
	"fieldtrial/internal/privacy"
)

// ListBreaches reads the log.
func (h *handlers) ListBreaches(ctx context.Context, _ oapi.ListBreachesRequestObject) (oapi.ListBreachesResponseObject, error) {
	list, err := h.svc.Breaches(ctx, authz.From(ctx))
	if err != nil {
		return nil, err
	}
	out := BreachList{Items: []Breach{}}
	for _, b := range list {
		out.Items = append(out.Items, breachOf(b))
	}
	return oapi.ListBreaches200JSONResponse(out), nil
}

// EnterBreach enters one.
func (h *handlers) EnterBreach(ctx context.Context, r oapi.EnterBreachRequestObject) (oapi.EnterBreachResponseObject, error) {
	b, err := h.note(ctx, uuid.Nil, 0, *r.Body)
	return oapi.EnterBreach201JSONResponse(b), err
}

// ChangeBreach changes one.
func (h *handlers) ChangeBreach(ctx context.Context, r oapi.ChangeBreachRequestObject) (oapi.ChangeBreachResponseObject, error) {
	version, err := httpapi.Version(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	b, err := h.note(ctx, r.Id, version, *r.Body)
	return oapi.ChangeBreach200JSONResponse(b), err
}

func (h *handlers) note(ctx context.Context, id uuid.UUID, version int, d BreachDraft) (Breach, error) {
	actor := authz.From(ctx)
	id, err := h.svc.NoteBreach(ctx, actor, privacy.Breach{
		ID: id, Version: version, Noticed: d.NoticedAt, What: d.What, People: d.People, GDPR: d.Gdpr, APPI: d.Appi,
		OnPurpose: httpapi.Value(d.OnPurpose), Measures: httpapi.Value(d.Measures),
		Authority: d.AuthorityAt, First: d.FirstAt, Full: d.FullAt, Told: d.ToldAt, Closed: d.ClosedAt,
	})
	if err != nil {
		return Breach{}, err
	}
	b, err := h.svc.Breach(ctx, actor, id)
	return breachOf(b), err
}

func breachOf(b privacy.Breach) Breach {
	out := Breach{
		Id: b.ID, NoticedAt: b.Noticed, What: b.What, People: b.People, Gdpr: b.GDPR, Appi: b.APPI, OnPurpose: b.OnPurpose,
		Measures: b.Measures, ToldAt: b.Told, ClosedAt: b.Closed, Version: b.Version, Clocks: []BreachClock{},
	}
	for _, c := range b.Clocks() {
		out.Clocks = append(out.Clocks, BreachClock{Duty: BreachClockDuty(c.Duty), Due: c.Due, DoneAt: c.Done})
	}
	return out
}

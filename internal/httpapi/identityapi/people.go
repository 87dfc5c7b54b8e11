package identityapi

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
	. "fieldtrial/internal/httpapi/oapi/common"
	oapi "fieldtrial/internal/httpapi/oapi/identity"
	"fieldtrial/internal/identity"
)

// ListPeople lists accounts.
func (h *handlers) ListPeople(ctx context.Context, r oapi.ListPeopleRequestObject) (oapi.ListPeopleResponseObject, error) {
	list, next, err := h.svc.People(ctx, authz.From(ctx), identity.PeopleFilter{
		Query: httpapi.Value(r.Params.Q), Role: authz.Role(httpapi.Value(r.Params.Role)), Cursor: httpapi.Value(r.Params.Cursor), Limit: limit(r.Params.Limit),
	})
	if err != nil {
		return nil, err
	}
	out := PersonList{Items: []Person{}, NextCursor: httpapi.NextCursor(next)}
	for _, p := range list {
		out.Items = append(out.Items, personOf(p))
	}
	return oapi.ListPeople200JSONResponse(out), nil
}

// GrantRole gives a role.
func (h *handlers) GrantRole(ctx context.Context, r oapi.GrantRoleRequestObject) (oapi.GrantRoleResponseObject, error) {
	g := authz.Grant{Role: authz.Role(r.Body.Role), Kind: authz.Kind(r.Body.ScopeKind), ID: httpapi.Value(r.Body.ScopeId)}
	if err := h.svc.Grant(ctx, authz.From(ctx), r.Id, g); err != nil {
		return nil, err
	}
	p, err := h.person(ctx, r.Id)
	return oapi.GrantRole200JSONResponse(p), err
}

// RemoveGrant takes a role away.
func (h *handlers) RemoveGrant(ctx context.Context, r oapi.RemoveGrantRequestObject) (oapi.RemoveGrantResponseObject, error) {
	return oapi.RemoveGrant204Response{}, h.svc.Ungrant(ctx, authz.From(ctx), r.Id)
}

// DisablePerson closes an account.
func (h *handlers) DisablePerson(ctx context.Context, r oapi.DisablePersonRequestObject) (oapi.DisablePersonResponseObject, error) {
	if err := h.svc.Disable(ctx, authz.From(ctx), r.Id); err != nil {
		return nil, err
	}
	p, err := h.person(ctx, r.Id)
	return oapi.DisablePerson200JSONResponse(p), err
}

// EnablePerson opens a closed account.
func (h *handlers) EnablePerson(ctx context.Context, r oapi.EnablePersonRequestObject) (oapi.EnablePersonResponseObject, error) {
	if err := h.svc.Enable(ctx, authz.From(ctx), r.Id); err != nil {
		return nil, err
	}
	p, err := h.person(ctx, r.Id)
	return oapi.EnablePerson200JSONResponse(p), err
}

func (h *handlers) person(ctx context.Context, id uuid.UUID) (Person, error) {
	p, err := h.svc.Person(ctx, authz.From(ctx), id)
	return personOf(p), err
}

func personOf(p identity.Person) Person {
	return Person{
		Id: p.ID, Email: p.Email, Name: p.Name, Language: Lang(p.Language), Confirmed: p.Confirmed,
		Disabled: p.Disabled, Demo: p.Demo, CreatedAt: p.Created, Grants: grantsOf(p.Grants),
	}
}

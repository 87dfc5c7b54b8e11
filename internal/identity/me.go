package identity

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Me is the signed-in person as they see themselves.
type Me struct {
	ID        uuid.UUID
	Email     string
	Name      string
	Language  lang.Tag
	TimeZone  string
	Confirmed bool
	Demo      bool
	// FactorMissing says that some of the roles rest until a second factor is set up or given.
	FactorMissing bool
	Version       int
	Grants        []Grant
	Areas         []Area
}

// Area is a part of the page in which a person has business.
type Area string

// The areas of the page.
const (
	AreaEntries Area = "entries"
	AreaJury    Area = "jury"
	AreaManage  Area = "manage"
	AreaKPI     Area = "kpi"
	AreaOutbox  Area = "outbox"
	AreaPeople  Area = "people"
	AreaAdmin   Area = "admin"
)

// areas says which roles, in any scope, or which action for the whole installation leads into which
// area: nobody is shown a way to a page that is not there for them. What may be done there is asked
// of the policy table by each service.
var areas = []struct {
	area   Area
	roles  []authz.Role
	action authz.Action // neither: everybody
}{
	{area: AreaEntries},
	{area: AreaJury, roles: []authz.Role{authz.Juror, authz.Chair}},
	{area: AreaManage, roles: []authz.Role{authz.Official, authz.Admin, authz.Chair, authz.Translator, authz.Manager, authz.Auditor}},
	{area: AreaKPI, roles: []authz.Role{authz.Admin, authz.Manager, authz.Auditor}},
	{area: AreaOutbox, action: authz.SeeOutbox},
	{area: AreaPeople, action: authz.ManagePeople},
	{area: AreaAdmin, action: authz.SeeOutbox},
}

func areasOf(a authz.Actor) []Area {
	out := []Area{}
	for _, x := range areas {
		fits := len(x.roles) == 0 && (x.action == "" || a.May(x.action, authz.Scope{}))
		for _, r := range x.roles {
			fits = fits || a.HasAnywhere(r)
		}
		if fits {
			out = append(out, x.area)
		}
	}
	return out
}

// Me reads the actor's own account.
func (s *Service) Me(ctx context.Context, actor authz.Actor) (Me, error) {
	if !actor.SignedIn() {
		return Me{}, fault.ErrSignIn
	}
	m := Me{ID: actor.PersonID, FactorMissing: actor.Withheld, Areas: areasOf(actor)}
	err := s.db.Pool().QueryRow(ctx, `select email, name, language, time_zone, confirmed_at is not null, demo, version from people where id = $1`, m.ID).
		Scan(&m.Email, &m.Name, &m.Language, &m.TimeZone, &m.Confirmed, &m.Demo, &m.Version)
	if err != nil {
		return Me{}, err
	}
	all, err := grantsOf(ctx, s.db.Pool(), []uuid.UUID{m.ID})
	m.Grants = all[m.ID]
	return m, err
}

// MeChange is what a person changes of their own account; nil fields stay.
type MeChange struct {
	Name     *string
	Language *lang.Tag
	TimeZone *string
}

// ChangeMe changes the actor's account when it still has the version.
func (s *Service) ChangeMe(ctx context.Context, actor authz.Actor, version int, ch MeChange) error {
	if !actor.SignedIn() {
		return fault.ErrSignIn
	}
	var c fault.Check
	if ch.Name != nil {
		n := cleanName(*ch.Name)
		ch.Name = &n
		checkName(&c, "/name", n)
	}
	if ch.Language != nil {
		checkLanguage(&c, "/language", *ch.Language)
	}
	if ch.TimeZone != nil {
		checkZone(&c, "/timeZone", *ch.TimeZone)
	}
	if err := c.Err(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		tag, err := tx.Pgx().Exec(ctx, `update people set name = coalesce($3, name), language = coalesce($4, language),
			time_zone = coalesce($5, time_zone), version = version + 1 where id = $1 and version = $2`,
			actor.PersonID, version, ch.Name, (*string)(ch.Language), ch.TimeZone)
		if err == nil && tag.RowsAffected() != 1 {
			return fault.ErrStale
		}
		return err
	})
}

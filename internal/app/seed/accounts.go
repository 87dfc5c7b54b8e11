package seed

import (
	"fmt"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
)

// Account is one demo account. Its name is its role in its language: nobody is invented.
type Account struct {
	Email    string
	Name     string
	Language lang.Tag
	Zone     string
	Role     authz.Role // "" for a member without a role
	City     string     // slug of the city of an official
	Contest  bool       // the role is in the contest
}

// Accounts lists the demo accounts, one for each thing there is to do.
var Accounts = []Account{
	{Email: "admin@fieldtrial.example", Name: "Administrator", Language: lang.EN, Zone: "Europe/Madrid", Role: authz.Admin},
	{Email: "official@santander.example", Name: "Responsable municipal de Santander", Language: lang.ES, Zone: "Europe/Madrid", Role: authz.Official, City: "santander"},
	{Email: "approver@santander.example", Name: "Responsable de aprobación de Santander", Language: lang.ES, Zone: "Europe/Madrid", Role: authz.Official, City: "santander"},
	{Email: "official@fujisawa.example", Name: "藤沢市 担当者", Language: lang.JA, Zone: "Asia/Tokyo", Role: authz.Official, City: "fujisawa"},
	{Email: "approver@fujisawa.example", Name: "藤沢市 承認者", Language: lang.JA, Zone: "Asia/Tokyo", Role: authz.Official, City: "fujisawa"},
	{Email: "startup@fieldtrial.example", Name: "Startup", Language: lang.EN, Zone: "Europe/Madrid"},
	{Email: "juror@fieldtrial.example", Name: "Juror", Language: lang.EN, Zone: "Europe/Madrid", Role: authz.Juror, Contest: true},
	{Email: "chair@fieldtrial.example", Name: "Jury chair", Language: lang.EN, Zone: "Europe/Madrid", Role: authz.Chair, Contest: true},
	{Email: "manager@fieldtrial.example", Name: "Community manager", Language: lang.EN, Zone: "Europe/Madrid", Role: authz.Manager},
	{Email: "auditor@fieldtrial.example", Name: "Auditor", Language: lang.EN, Zone: "Europe/Madrid", Role: authz.Auditor, Contest: true},
}

// accounts adds the demo accounts that are missing.
func (l *loader) accounts(deps Deps, contest uuid.UUID) error {
	if l.opt.DemoPassword == "" {
		return nil
	}
	ctx, q := l.tx.Context(), l.tx.Pgx()
	for _, a := range Accounts {
		var there bool
		if err := q.QueryRow(ctx, `select exists (select from people where email = $1)`, a.Email).Scan(&there); err != nil {
			return err
		}
		if there {
			continue
		}
		grants := []authz.Grant{}
		switch {
		case a.City != "":
			var id uuid.UUID
			if err := q.QueryRow(ctx, `select id from cities where slug = $1`, a.City).Scan(&id); err != nil {
				return fmt.Errorf("seed: %s: %w", a.City, err)
			}
			grants = append(grants, authz.Grant{Role: a.Role, Kind: authz.City, ID: id})
		case a.Contest:
			grants = append(grants, authz.Grant{Role: a.Role, Kind: authz.Contest, ID: contest})
		case a.Role != "":
			grants = append(grants, authz.Grant{Role: a.Role, Kind: authz.Installation})
		}
		person, err := identity.CreateDemo(l.tx, identity.NewAccount{
			Email: a.Email, Name: a.Name, Password: l.opt.DemoPassword, Language: a.Language, TimeZone: a.Zone,
		}, grants...)
		if err != nil {
			return fmt.Errorf("seed: %s: %w", a.Email, err)
		}
		if deps.Seat != nil && (a.Role == authz.Juror || a.Role == authz.Chair) {
			if err := deps.Seat(l.tx, person, contest, nil); err != nil {
				return fmt.Errorf("seed: %s: %w", a.Email, err)
			}
		}
	}
	return nil
}

package team

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// mostClaims is how many claims of one person may wait.
const mostClaims = 5

// Claim is one person's word that an unclaimed organisation is theirs. Approved is nil while an admin
// has to look.
type Claim struct {
	ID       uuid.UUID
	TeamID   uuid.UUID
	Team     string
	Country  string
	Website  string
	Name     string // the claimant's
	Email    string
	Note     string
	Created  time.Time
	Approved *bool
	Reason   string
	Decided  *time.Time
	By       string // who decided; "" for the domain
}

// Claim says that an organisation is the actor's. Where the domain of the actor's address is the
// website's, it is at once; otherwise admins are asked. The note is to them.
func (s *Service) Claim(ctx context.Context, actor authz.Actor, id uuid.UUID, note string) (Claim, error) {
	claim := uuid.Must(uuid.NewV7())
	note = line(note)
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.CreateTeam, authz.Scope{}); err != nil {
			return err
		}
		var c fault.Check
		c.That(utf8.RuneCountInString(note) <= 2000, "/note", "too_long", "max", 2000)
		if err := c.Err(); err != nil {
			return err
		}
		if err := lockUnclaimed(tx, id); err != nil {
			return err
		}
		if err := tx.Lock("team: claims of " + actor.PersonID.String()); err != nil {
			return err
		}
		var waiting int
		if err := tx.Pgx().QueryRow(ctx, `select count(*) from team_claims where person_id = $1 and decided_at is null and team_id <> $2`,
			actor.PersonID, id).Scan(&waiting); err != nil {
			return err
		}
		if waiting >= mostClaims {
			return ErrManyClaims
		}
		tx.Remember(claim.String())
		if _, err := tx.Pgx().Exec(ctx, `insert into team_claims (id, team_id, person_id, note) values ($1,$2,$3,$4)`,
			claim, id, actor.PersonID, note); err != nil {
			return err
		}
		var name, website string
		if err := tx.Pgx().QueryRow(ctx, `select name, website from teams where id = $1`, id).Scan(&name, &website); err != nil {
			return err
		}
		if speaksFor(actor, website) {
			return approve(tx, claim, uuid.Nil)
		}
		return tellAdmins(tx, actor, id, name)
	})
	if first, again := database.Replayed(err); again {
		if claim, err = uuid.Parse(first); err != nil {
			return Claim{}, fault.ErrNotFound
		}
	}
	if err != nil {
		return Claim{}, err
	}
	return s.claim(ctx, claim)
}

// lockUnclaimed holds an organisation that nobody speaks for. A team of somebody's is not shown to be
// there at all.
func lockUnclaimed(tx database.Tx, id uuid.UUID) error {
	if err := lock(tx, id); err != nil {
		return err
	}
	// A statement of its own, so that it sees what the lock waited for.
	var unclaimed, known bool
	err := tx.Pgx().QueryRow(tx.Context(), `select unclaimed, exists (select from team_claims where team_id = t.id)
		from teams t where id = $1`, id).Scan(&unclaimed, &known)
	switch {
	case err != nil:
		return err
	case !unclaimed && !known:
		return fault.ErrNotFound
	case !unclaimed:
		return ErrClaimed
	}
	return nil
}

func tellAdmins(tx database.Tx, actor authz.Actor, id uuid.UUID, name string) error {
	admins, err := identity.Holders(tx.Context(), tx.Pgx(), authz.Installation, uuid.Nil, authz.Admin)
	if err != nil {
		return err
	}
	list := make([]notify.Notice, 0, len(admins))
	for _, a := range admins {
		list = append(list, notify.Notice{Kind: "team-claim-asked", To: a, Subject: id, Params: notify.Params{
			"person": actor.Name, "email": actor.Email, "team": name, "url": notify.Link("/admin/claims"),
		}})
	}
	return notify.Send(tx, list...)
}

// approve makes the claimant the owner. Other claims on the organisation end with it. by is uuid.Nil
// where the domain decided.
func approve(tx database.Tx, claim, by uuid.UUID) error {
	ctx := tx.Context()
	var id, person uuid.UUID
	if err := tx.Pgx().QueryRow(ctx, `update team_claims set approved = true, decided_by = $2, decided_at = clock_timestamp()
		where id = $1 returning team_id, person_id`, claim, orNull(by)).Scan(&id, &person); err != nil {
		return err
	}
	if err := authz.Give(tx, person, authz.Grant{Role: authz.TeamOwner, Kind: authz.Team, ID: id}, by, time.Time{}); err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(ctx, `update teams set unclaimed = false, version = version + 1 where id = $1`, id); err != nil {
		return err
	}
	rows, err := tx.Pgx().Query(ctx, `select id from team_claims where team_id = $1 and decided_at is null`, id)
	if err != nil {
		return err
	}
	others, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	for _, other := range others {
		if err := refuse(tx, other, by, lang.Text{
			lang.EN: "Somebody else has shown that they speak for this organisation. If you belong to it, ask them for an invitation to the team.",
			lang.ES: "Otra persona ha acreditado que representa a esta organización. Si usted pertenece a ella, puede pedirle una invitación al equipo.",
			lang.JA: "この組織の担当者は、別の方であることが確認されました。同じ組織の方は、その担当者にチームへの招待をご依頼ください。",
		}); err != nil {
			return err
		}
	}
	if by == uuid.Nil {
		return nil // the claimant sees it on the page
	}
	return tellClaimant(tx, "team-claim-approved", claim, notify.Params{"url": notify.Link("/my/teams/" + id.String())})
}

// refuse ends a claim. The reason is kept in the claimant's language, or in the one it has.
func refuse(tx database.Tx, claim, by uuid.UUID, reason lang.Text) error {
	var language lang.Tag
	if err := tx.Pgx().QueryRow(tx.Context(), `select p.language from team_claims c join people p on p.id = c.person_id where c.id = $1`, claim).Scan(&language); err != nil {
		return err
	}
	said, _ := reason.In(language)
	if _, err := tx.Pgx().Exec(tx.Context(), `update team_claims set approved = false, reason = $3, decided_by = $2, decided_at = clock_timestamp()
		where id = $1`, claim, orNull(by), said); err != nil {
		return err
	}
	return tellClaimant(tx, "team-claim-refused", claim, notify.Params{"reason": said, "url": notify.Link("/my/teams")})
}

func tellClaimant(tx database.Tx, kind string, claim uuid.UUID, p notify.Params) error {
	var person, id uuid.UUID
	var name string
	if err := tx.Pgx().QueryRow(tx.Context(), `select c.person_id, t.id, t.name from team_claims c join teams t on t.id = c.team_id where c.id = $1`, claim).
		Scan(&person, &id, &name); err != nil {
		return err
	}
	to, err := identity.AddressOf(tx.Context(), tx.Pgx(), person)
	if err != nil {
		return err
	}
	p["team"] = name
	return notify.Send(tx, notify.Notice{Kind: kind, To: to, Subject: id, Params: p})
}

func orNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}

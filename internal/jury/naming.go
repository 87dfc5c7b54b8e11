package jury

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// MinNaming is the least length of a team's reason, in characters: a chair has to understand it.
const MinNaming = 20

// What the state of the jury's work does not allow a team.
var (
	ErrPanelHidden  = fault.New(fault.Conflict, "jury.panel_hidden", "Who judges is not shown now.")
	ErrNamingClosed = fault.New(fault.Conflict, "jury.naming_closed", "The entries are with the jurors already; no juror can be named any more.")
	ErrNamed        = database.Constraint("conflict_namings_once", fault.New(fault.Conflict, "jury.named", "Your team has named this juror already."))
	ErrNamingRuled  = fault.New(fault.Conflict, "jury.naming_ruled", "The chair has decided about this already.")
)

// NamingState is where a naming stands.
type NamingState string

// The states of a naming.
const (
	Undecided NamingState = "waiting"
	Upheld    NamingState = "upheld" // the juror does not judge the entry
	NotUpheld NamingState = "not_upheld"
)

// Naming is what a team wrote about a juror who should not judge its entry, and what came of it. ToTeam is the
// chair's answer, in its own language.
type Naming struct {
	Reason         string
	Language       lang.Tag
	At             time.Time
	State          NamingState
	ToTeam         string
	ToTeamLanguage lang.Tag
	RuledAt        *time.Time
}

// namer is a team's member at work on one entry.
type namer struct {
	challenge contest.Challenge
	entry     uuid.UUID
	scope     authz.Scope
	shown     bool // the contest shows its panel
	entered   bool
	now       time.Time
}

func (n namer) state() PanelState {
	switch {
	case !n.shown || !n.entered:
		return PanelHidden
	case !n.challenge.AfterDeadline(n.now):
		return PanelLater
	case n.challenge.AssignedAt != nil || n.challenge.LockedAt != nil || n.challenge.ReleasedAt != nil || n.challenge.ArchivedAt != nil:
		return PanelClosed
	}
	return PanelOpen
}

// openNamer lets a member of the entry's team in who may do the action. load reads the challenge, or locks it.
func openNamer(ctx context.Context, q database.Queryer, actor authz.Actor, entry uuid.UUID, may authz.Action,
	load func(uuid.UUID) (contest.Challenge, error)) (n namer, err error) {
	n.entry = entry
	var challenge, team uuid.UUID
	err = q.QueryRow(ctx, `select challenge_id, team_id from entries where id = $1`, entry).Scan(&challenge, &team)
	if database.NotFound(err) {
		return n, fault.ErrNotFound
	}
	if err != nil {
		return n, err
	}
	if n.challenge, err = load(challenge); err != nil {
		return n, err
	}
	n.scope = n.challenge.Scope()
	n.scope.Team, n.scope.Entry = team, entry
	if err := actor.Require(may, n.scope); err != nil {
		return n, err
	}
	// Read after the challenge is held: it says when teams can no longer name anybody.
	err = q.QueryRow(ctx, `select k.panel_shown, e.state = 'submitted', clock_timestamp()
		from entries e join challenges c on c.id = e.challenge_id join contests k on k.id = c.contest_id where e.id = $1`, entry).Scan(&n.shown, &n.entered, &n.now)
	return n, err
}

// NameJuror says for a team why a juror should not judge its entry. It is a suggestion to the chair and binds nobody;
// the juror never learns of it. It can be done from the deadline until entries are assigned.
func (s *Service) NameJuror(ctx context.Context, actor authz.Actor, entry, seatID uuid.UUID, reason string, language lang.Tag) error {
	reason = strings.TrimSpace(reason)
	var check fault.Check
	check.That(utf8.RuneCountInString(reason) >= MinNaming, "/reason", "too_short", "min", MinNaming)
	check.That(utf8.RuneCountInString(reason) <= 1000, "/reason", "too_long", "max", 1000)
	check.That(language.Valid(), "/language", "not_a_choice")
	if err := check.Err(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		// Held against rulings too: one that does not know of the naming is never taken for its answer.
		n, err := openNamer(ctx, tx.Pgx(), actor, entry, authz.EditEntry, func(id uuid.UUID) (contest.Challenge, error) { return contest.LockExclusive(tx, id) })
		if err != nil {
			return err
		}
		switch n.state() {
		case PanelHidden, PanelLater:
			return ErrPanelHidden
		case PanelClosed:
			return ErrNamingClosed
		}
		jurors, err := jurorsShown(ctx, tx.Pgx(), n.challenge)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(jurors, func(j PanelJuror) bool { return j.Seat == seatID && j.person != actor.PersonID })
		if at < 0 {
			return fault.ErrNotFound
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into conflict_namings (entry_id, seat_id, reason, language, named_by, named_at) values ($1,$2,$3,$4,$5,$6)`,
			entry, seatID, reason, language, actor.PersonID, n.now); err != nil {
			return err
		}
		tx.Remember(entry.String())
		return n.tellChairs(tx, jurors[at].person)
	})
}

// TakeNamingBack takes it back, as long as nobody has decided about it. Where there is nothing it does nothing.
func (s *Service) TakeNamingBack(ctx context.Context, actor authz.Actor, entry, seatID uuid.UUID) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		_, err := openNamer(ctx, tx.Pgx(), actor, entry, authz.EditEntry, func(id uuid.UUID) (contest.Challenge, error) { return contest.LockShared(tx, id) })
		if err != nil {
			return err
		}
		var ruled bool
		err = tx.Pgx().QueryRow(ctx, `select exists (select from conflict_rulings r where r.seat_id = n.seat_id and r.entry_id = n.entry_id and r.decided_at >= n.named_at)
			from conflict_namings n join seats s on s.id = n.seat_id where n.entry_id = $1 and n.seat_id = $2 and s.person_id is distinct from $3 for update of n`,
			entry, seatID, actor.PersonID).Scan(&ruled)
		if database.NotFound(err) {
			return nil
		}
		if err == nil && ruled {
			return ErrNamingRuled
		}
		if err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, `delete from conflict_namings where entry_id = $1 and seat_id = $2`, entry, seatID)
		return err
	})
}

// tellChairs writes to the chairs who may decide, or to the admins where none may. Neither team nor juror nor reason
// stands in the mail. A mail about the challenge that has not left yet is enough for several namings.
func (n namer) tellChairs(tx database.Tx, juror uuid.UUID) error {
	ctx, c := tx.Context(), n.challenge
	chairs, err := identity.Holders(ctx, tx.Pgx(), authz.Contest, c.ContestID, authz.Chair)
	if err != nil {
		return err
	}
	if chairs, err = n.free(tx, chairs, juror); err != nil {
		return err
	}
	if len(chairs) == 0 {
		admins, err := identity.Holders(ctx, tx.Pgx(), authz.Installation, uuid.Nil, authz.Admin)
		if err != nil {
			return err
		}
		if chairs, err = n.free(tx, admins, juror); err != nil {
			return err
		}
	}
	for _, to := range chairs {
		var queued bool
		if err := tx.Pgx().QueryRow(ctx, `select exists (select from notices where kind = 'conflict-named' and person_id = $1 and subject_id = $2
			and state = 'queued')`, to.Person, c.ID).Scan(&queued); err != nil {
			return err
		}
		if queued {
			continue
		}
		if err := notify.Send(tx, notify.Notice{Kind: "conflict-named", To: to, Subject: c.ID, Params: notify.Params{
			"challenge": c.Title, "url": notify.Link("/manage/challenges/" + c.ID.String() + "/jury")}}); err != nil {
			return err
		}
	}
	return nil
}

// free leaves out who may not decide about this naming: the juror, the team's members, who is in conflict with the entry.
func (n namer) free(tx database.Tx, list []notify.Address, juror uuid.UUID) ([]notify.Address, error) {
	ids := make([]uuid.UUID, 0, len(list))
	for _, a := range list {
		ids = append(ids, a.Person)
	}
	rows, err := tx.Pgx().Query(tx.Context(), `select p from unnest($1::uuid[]) p where p = $2
		or exists (select from exclusions x where x.person_id = p and x.entry_id = $3)
		or exists (select from grants g join entries e on e.team_id = g.scope_id where g.person_id = p and g.scope_kind = 'team' and e.id = $3)`, ids, juror, n.entry)
	if err != nil {
		return nil, err
	}
	barred, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return slices.DeleteFunc(list, func(a notify.Address) bool { return slices.Contains(barred, a.Person) }), err
}

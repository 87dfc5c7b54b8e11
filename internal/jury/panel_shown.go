package jury

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// PanelState is what a team sees of the panel.
type PanelState string

// The states of a panel for a team.
const (
	PanelHidden PanelState = "hidden" // the contest does not show it, or the team did not enter
	PanelLater  PanelState = "later"  // entries still come in
	PanelOpen   PanelState = "open"   // conflicted jurors can be named
	PanelClosed PanelState = "closed" // entries are assigned
)

// PanelJuror is a member of the panel as teams see it: the same for all, whoever judges what.
type PanelJuror struct {
	Seat          uuid.UUID
	Name          string
	Organisations []string
	Chair         bool
	Naming        *Naming // the team's own word on this juror
	person        uuid.UUID
}

// Panel is who judges a challenge, as the team of one entry sees it. Blind: the chair reads reasons without the
// team's name. From is when the panel is shown, while it is later.
type Panel struct {
	State   PanelState
	From    *time.Time
	Blind   bool
	Title   lang.Text
	Jurors  []PanelJuror
	Allowed []authz.Action
}

// Panel shows the panel to a member of the entry's team, with what the team wrote about jurors; never what it wrote
// about the reader.
func (s *Service) Panel(ctx context.Context, actor authz.Actor, entry uuid.UUID) (Panel, error) {
	q := s.db.Pool()
	n, err := openNamer(ctx, q, actor, entry, authz.SeeEntry, func(id uuid.UUID) (contest.Challenge, error) { return contest.Load(ctx, q, id) })
	if err != nil {
		return Panel{}, err
	}
	out := Panel{State: n.state(), Blind: n.challenge.Blind, Title: n.challenge.Title, Jurors: []PanelJuror{}}
	switch out.State {
	case PanelLater:
		from := n.challenge.Dates.Closes.Add(n.challenge.Grace)
		out.From = &from
		return out, nil
	case PanelHidden:
		return out, nil
	}
	out.Allowed = actor.Allowed(n.scope, authz.EditEntry)
	if out.Jurors, err = jurorsShown(ctx, q, n.challenge); err != nil {
		return out, err
	}
	return out, out.namings(ctx, q, actor, entry)
}

// jurorsShown lists the jurors and chairs of a challenge by name, leaving out who dropped out of it.
func jurorsShown(ctx context.Context, q database.Queryer, c contest.Challenge) ([]PanelJuror, error) {
	rows, err := q.Query(ctx, `select s.id, p.id, p.name, s.organisations, exists (select from grants g where g.person_id = p.id
			and g.scope_kind = 'contest' and g.scope_id = s.contest_id and g.role = 'chair')
		from seats s join people p on p.id = s.person_id
		where `+sits+` and p.disabled_at is null and not exists (select from dropouts d where d.seat_id = s.id and d.challenge_id = $3)
		order by lower(p.name), s.id`, c.ContestID, uuid.Nil, c.ID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (j PanelJuror, err error) {
		err = r.Scan(&j.Seat, &j.person, &j.Name, &j.Organisations, &j.Chair)
		return j, err
	})
}

// namings puts the team's words beside the jurors they are about.
func (p *Panel) namings(ctx context.Context, q database.Queryer, actor authz.Actor, entry uuid.UUID) error {
	rows, err := q.Query(ctx, `select n.seat_id, n.reason, n.language, n.named_at, r.confirmed, coalesce(r.to_team, ''), coalesce(r.language, 'en'), r.decided_at
		from conflict_namings n left join conflict_rulings r on r.seat_id = n.seat_id and r.entry_id = n.entry_id and r.decided_at >= n.named_at
		where n.entry_id = $1`, entry)
	if err != nil {
		return err
	}
	var seat uuid.UUID
	var n Naming
	var upheld *bool
	_, err = pgx.ForEachRow(rows, []any{&seat, &n.Reason, &n.Language, &n.At, &upheld, &n.ToTeam, &n.ToTeamLanguage, &n.RuledAt}, func() error {
		for i := range p.Jurors {
			if j := &p.Jurors[i]; j.Seat == seat && j.person != actor.PersonID {
				naming := n
				naming.State = Undecided
				if upheld != nil {
					naming.State = NotUpheld
				}
				if upheld != nil && *upheld {
					naming.State = Upheld
				}
				j.Naming = &naming
			}
		}
		return nil
	})
	return err
}

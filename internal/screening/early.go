package screening

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/record"
)

// Proposal is the wish to open sealed entries early, until somebody else confirms it.
type Proposal struct {
	Reason   string
	Language lang.Tag
	By       uuid.UUID // uuid.Nil where the account is gone
	Name     string
	At       time.Time
}

// ProposeEarly asks for the sealed entries of a challenge to be opened before the deadline, for a
// reason that everyone will read. Nothing opens until another official confirms it; the others are
// written to.
func (s *Service) ProposeEarly(ctx context.Context, actor authz.Actor, challenge uuid.UUID, reason string, l lang.Tag) error {
	reason = strings.TrimSpace(reason)
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, _, err := s.sealed(tx, actor, challenge)
		if err != nil {
			return err
		}
		var f fault.Check
		f.That(reason != "", "/reason", "required")
		f.That(entry.Chars(reason) <= 1000, "/reason", "too_long", "max", 1000)
		if err := f.Err(); err != nil {
			return err
		}
		tx.Remember(c.ID.String())
		if _, err := tx.Pgx().Exec(ctx, `insert into early_proposals (id, challenge_id, reason, language, proposed_by) values ($1,$2,$3,$4,$5)`,
			uuid.Must(uuid.NewV7()), c.ID, reason, string(languageOf(actor, l)), actor.PersonID); err != nil {
			return err
		}
		return tellOfficials(tx, actor, c, reason)
	})
	return done(err)
}

// TakeBackEarly ends a proposal before it is confirmed: by whoever made it, or by a colleague who is
// against it.
func (s *Service) TakeBackEarly(ctx context.Context, actor authz.Actor, challenge uuid.UUID) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, _, err := s.sealed(tx, actor, challenge)
		if err != nil {
			return err
		}
		_, err = endProposal(tx, actor, c.ID, "taken_back")
		return err
	})
}

// ConfirmEarly opens the sealed entries as somebody else has proposed. It is on record, on the public
// page of the record, on every entry, and in a mail to every team that has entered. It cannot be
// undone.
func (s *Service) ConfirmEarly(ctx context.Context, actor authz.Actor, challenge uuid.UUID) error {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, now, err := s.sealed(tx, actor, challenge)
		if err != nil {
			return err
		}
		tx.Remember(c.ID.String())
		p, err := endProposal(tx, actor, c.ID, "confirmed")
		if err != nil {
			return err
		}
		if p.By == actor.PersonID {
			return ErrOwnProposal
		}
		return open(tx, actor, c, p, now)
	})
	return done(err)
}

// sealed takes a challenge whose entries the actor could open early now.
func (s *Service) sealed(tx database.Tx, actor authz.Actor, challenge uuid.UUID) (contest.Challenge, time.Time, error) {
	c, err := contest.LockExclusive(tx, challenge)
	if err != nil {
		return c, time.Time{}, err
	}
	if err := actor.Require(authz.OpenEarly, c.Scope()); err != nil {
		return c, time.Time{}, err
	}
	now, err := tx.Now()
	if err != nil {
		return c, now, err
	}
	early, err := entry.OpenedEarly(tx.Context(), tx.Pgx(), c.ID)
	switch {
	case err != nil:
		return c, now, err
	case c.PublishedAt == nil || now.Before(c.Dates.Opens):
		return c, now, ErrNotOpenYet
	case c.AfterDeadline(now):
		return c, now, ErrPast
	case early != nil:
		return c, now, ErrOpenedEarly
	}
	return c, now, nil
}

const selectProposal = `select p.reason, p.language, coalesce(p.proposed_by, '00000000-0000-0000-0000-000000000000'), coalesce(w.name, ''), p.proposed_at
	from early_proposals p left join people w on w.id = p.proposed_by where p.challenge_id = $1 and p.ended_at is null`

// proposal reads the one that stands; nil where there is none.
func proposal(ctx context.Context, q database.Queryer, challenge uuid.UUID) (*Proposal, error) {
	var p Proposal
	err := q.QueryRow(ctx, selectProposal, challenge).Scan(&p.Reason, &p.Language, &p.By, &p.Name, &p.At)
	if database.NotFound(err) {
		return nil, nil
	}
	return &p, err
}

func endProposal(tx database.Tx, actor authz.Actor, challenge uuid.UUID, as string) (Proposal, error) {
	p, err := proposal(tx.Context(), tx.Pgx(), challenge)
	if err != nil {
		return Proposal{}, err
	}
	if p == nil {
		return Proposal{}, ErrNoProposal
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update early_proposals set ended_at = clock_timestamp(), ended_by = $2, ended_as = $3
		where challenge_id = $1 and ended_at is null`, challenge, actor.PersonID, as)
	return *p, err
}

// open puts the opening on record and tells every team. The challenge is held.
func open(tx database.Tx, actor authz.Actor, c contest.Challenge, p Proposal, now time.Time) error {
	sum := sha256.Sum256([]byte(p.Reason))
	payload, err := json.Marshal(map[string]any{"challenge": c.ID, "proposedBy": p.By, "by": actor.PersonID,
		"reason": base64.StdEncoding.EncodeToString(sum[:]), "time": now.UTC().Format(time.RFC3339Nano)})
	if err != nil {
		return err
	}
	leaf, err := record.Append(tx, record.Leaf{Kind: record.KindSealedOpened, Scope: c.RecordScope, Subject: c.ID.String(), Payload: payload})
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into early_openings (challenge_id, reason, language, proposed_by, opened_by, opened_at, leaf_id)
		values ($1,$2,$3,$4,$5,$6,$7)`, c.ID, p.Reason, string(p.Language), orNull(p.By), actor.PersonID, now, leaf); err != nil {
		return err
	}
	return tellTeams(tx, c, p.Reason)
}

// tellOfficials asks the other officials of the host cities to confirm or to take back.
func tellOfficials(tx database.Tx, actor authz.Actor, c contest.Challenge, reason string) error {
	told := map[uuid.UUID]bool{actor.PersonID: true}
	var requester string
	if err := tx.Pgx().QueryRow(tx.Context(), `select name from people where id = $1`, actor.PersonID).Scan(&requester); err != nil {
		return err
	}
	for _, city := range c.Cities {
		officials, err := identity.Holders(tx.Context(), tx.Pgx(), authz.City, city, authz.Official)
		if err != nil {
			return err
		}
		for _, to := range officials {
			if told[to.Person] {
				continue
			}
			told[to.Person] = true
			if err := notify.Send(tx, notify.Notice{Kind: "early-proposed", To: to, Subject: c.ID, Params: notify.Params{
				"requester": requester, "challenge": c.Title, "reason": reason, "closes": notify.Moment{At: c.Dates.Closes, Zone: c.Zone},
				"url": notify.Link("/manage/challenges/" + c.ID.String() + "/entries")}}); err != nil {
				return err
			}
		}
	}
	return nil
}

func tellTeams(tx database.Tx, c contest.Challenge, reason string) error {
	rows, err := tx.Pgx().Query(tx.Context(), `select e.id, e.team_id from entries e where e.challenge_id = $1 order by e.id`, c.ID)
	if err != nil {
		return err
	}
	type one struct{ Entry, Team uuid.UUID }
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[one])
	if err != nil {
		return err
	}
	for _, x := range all {
		to, err := identity.Holders(tx.Context(), tx.Pgx(), authz.Team, x.Team, authz.TeamRoles...)
		if err != nil {
			return err
		}
		for _, a := range to {
			if err := notify.Send(tx, notify.Notice{Kind: "opened-early", To: a, Subject: x.Entry, Params: notify.Params{
				"challenge": c.Title, "reason": reason, "closes": notify.Moment{At: c.Dates.Closes, Zone: c.Zone},
				"url": notify.Link("/my/entries/" + x.Entry.String())}}); err != nil {
				return err
			}
		}
	}
	return nil
}

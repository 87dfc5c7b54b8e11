package entry

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/record"
)

// ErrExtendLate refuses an extension when others can no longer be told apart from who was too late.
var ErrExtendLate = fault.New(fault.Conflict, "late.too_late", "An extension can be given until two days after the deadline, and not once the scores are locked.")

const (
	extendWithin = 48 * time.Hour      // after the deadline
	extendMost   = 14 * 24 * time.Hour // beyond the deadline
)

// Extend is an extension to give. The team is named by the reference of its entry, which only the
// team and those it tells know before the deadline.
type Extend struct {
	Reference string
	Until     time.Time
	Reason    string
	Language  lang.Tag
}

// Extend gives one team more time: put on record as an act of its own, and told to the team.
func (s *Service) Extend(ctx context.Context, actor authz.Actor, challenge uuid.UUID, x Extend) (Late, error) {
	x.Reason = strings.TrimSpace(tidy(contest.Long, x.Reason))
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.ExtendEntry, c.Scope()); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if err := mayExtend(c, now); err != nil {
			return err
		}
		r, err := s.named(tx, actor, c, x.Reference)
		if err != nil {
			return err
		}
		if err := x.check(c, r, now); err != nil {
			return err
		}
		tx.Remember(challenge.String())
		return grant(tx, actor, c, r, x, now)
	})
	if err := done(err); err != nil {
		return Late{}, err
	}
	return s.Late(ctx, actor, challenge)
}

func mayExtend(c contest.Challenge, now time.Time) error {
	switch c.Phase(now) {
	case contest.Open:
		return nil
	case contest.Draft, contest.Announced:
		return ErrNotOpen
	case contest.Closed, contest.Judging:
		if now.Before(c.Dates.Closes.Add(extendWithin)) {
			return nil
		}
	}
	return ErrExtendLate
}

// named finds the entry of a challenge by its reference. One that the actor is excluded from is
// not there.
func (s *Service) named(tx database.Tx, actor authz.Actor, c contest.Challenge, reference string) (row, error) {
	unknown := fault.ErrInvalid.At("/reference", "unknown", nil)
	var id uuid.UUID
	err := tx.Pgx().QueryRow(tx.Context(), `select id from entries where challenge_id = $1 and upper(reference) = upper($2)`,
		c.ID, strings.TrimSpace(reference)).Scan(&id)
	if database.NotFound(err) || actor.Excluded[id] {
		return row{}, unknown
	}
	if err != nil {
		return row{}, err
	}
	r, err := read(tx.Context(), tx.Pgx(), id)
	if err == nil && r.State == StateWithdrawn {
		err = ErrWithdrawn
	}
	return r, err
}

func (x Extend) check(c contest.Challenge, r row, now time.Time) error {
	var check fault.Check
	after := r.window(c).Last()
	check.That(x.Until.After(now) && x.Until.After(after), "/until", "extension_early", "last", after)
	check.That(!x.Until.After(c.Dates.Closes.Add(extendMost)) && x.Until.Before(c.Dates.JudgingEnds), "/until", "extension_far", "days", int(extendMost/(24*time.Hour)))
	check.That(x.Reason != "", "/reason", "required")
	check.That(Chars(x.Reason) <= 1000, "/reason", "too_long", "max", 1000)
	return check.Err()
}

func grant(tx database.Tx, actor authz.Actor, c contest.Challenge, r row, x Extend, now time.Time) error {
	sum := sha256.Sum256([]byte(x.Reason))
	payload, err := record.ExtensionGranted{
		Challenge: c.ID.String(), Team: r.Team.ID.String(), Closes: c.Dates.Closes.UTC().Format(time.RFC3339Nano),
		Until: x.Until.UTC().Format(time.RFC3339Nano), Reason: base64.StdEncoding.EncodeToString(sum[:]),
		By: actor.PersonID.String(), Time: now.UTC().Format(time.RFC3339Nano),
	}.Payload()
	if err != nil {
		return err
	}
	leaf, err := record.Append(tx, record.Leaf{Kind: record.KindExtensionGranted, Scope: c.RecordScope, Subject: r.ID.String(), Payload: payload})
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into extensions (id, challenge_id, team_id, until, reason, language, granted_by, granted_at, leaf_id)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, uuid.Must(uuid.NewV7()), c.ID, r.Team.ID, x.Until, x.Reason, string(x.Language), actor.PersonID, now, leaf); err != nil {
		return err
	}
	return say(tx, "extension-granted", r, notify.Params{
		"team": r.Team.Name, "challenge": c.Title, "reference": r.Reference, "reason": x.Reason,
		"closes": notify.Moment{At: c.Dates.Closes, Zone: c.Zone}, "until": notify.Moment{At: x.Until, Zone: c.Zone},
		"url": notify.Link("/my/entries/" + r.ID.String()),
	})
}

// say writes the same to everybody in an entry's team.
func say(tx database.Tx, kind string, r row, params notify.Params) error {
	to, err := addresses(tx.Context(), tx.Pgx(), r.Team.ID, uuid.Nil)
	if err != nil {
		return err
	}
	list := make([]notify.Notice, 0, len(to))
	for _, a := range to {
		list = append(list, notify.Notice{Kind: kind, To: a, Subject: r.ID, Params: params})
	}
	return notify.Send(tx, list...)
}

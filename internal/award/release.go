package award

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/record"
)

// Release makes the results public and sends what waited for it. It gives the number of notices
// on their way.
func (s *Service) Release(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (time.Time, int, error) {
	var at time.Time
	sent := 0
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.ReleaseResults, c.Scope()); err != nil {
			return err
		}
		if c.DecidedAt == nil {
			return contest.ErrUndecided
		}
		if at, err = tx.Now(); err != nil {
			return err
		}
		if err := contest.MarkReleased(tx, c.ID, actor.PersonID, at); err != nil {
			return err
		}
		if err := publish(tx, c, at); err != nil {
			return err
		}
		until, err := standstill(ctx, tx.Pgx(), c, at)
		if err != nil {
			return err
		}
		end := notify.Params{"standstill": notify.Moment{At: until, Zone: c.Zone}}
		if err := notify.Amend(tx, batchOf(c.ID), end); err != nil {
			return err
		}
		if sent, err = notify.Release(tx, batchOf(c.ID)); err != nil {
			return err
		}
		return tellTheOthers(tx, c, end)
	})
	return at, sent, err
}

// publish puts the winners on record as everybody reads them: their places, and whose entries they are. The
// hash of the pitch round's result says upon what order: without it a round could be kept from an auditor.
func publish(tx database.Tx, c contest.Challenge, at time.Time) error {
	type winner struct {
		Place int       `json:"place"`
		Entry uuid.UUID `json:"entry"`
		Team  string    `json:"team"`
	}
	rows, err := tx.Pgx().Query(tx.Context(), `select coalesce(d.place, 0), d.entry_id, t.name from decisions d
		join entries e on e.id = d.entry_id join teams t on t.id = e.team_id
		where d.challenge_id = $1 and d.outcome = $2 order by d.place`, c.ID, string(Winner))
	if err != nil {
		return err
	}
	winners, err := pgx.CollectRows(rows, pgx.RowToStructByPos[winner])
	if err != nil {
		return err
	}
	said := map[string]any{"challenge": c.ID, "winners": winners, "time": record.Stamp(at)}
	body, err := pitch.Sealed(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	if body != "" {
		sum := sha256.Sum256([]byte(body))
		said["pitch"] = base64.StdEncoding.EncodeToString(sum[:])
	}
	_, err = record.Put(tx, record.KindResultPublished, c.RecordScope, c.ID, said)
	return err
}

// standstill is when the days in which teams may object end.
func standstill(ctx context.Context, q database.Queryer, c contest.Challenge, released time.Time) (time.Time, error) {
	var days int
	err := q.QueryRow(ctx, `select standstill_days from contests where id = $1`, c.ContestID).Scan(&days)
	return released.AddDate(0, 0, days), err
}

// tellTheOthers writes once to each official of the cities, juror and manager.
func tellTheOthers(tx database.Tx, c contest.Challenge, p notify.Params) error {
	type group struct {
		kind  authz.Kind
		id    uuid.UUID
		roles []authz.Role
	}
	groups := []group{{authz.Contest, c.ContestID, []authz.Role{authz.Juror, authz.Chair}}, {authz.Installation, uuid.Nil, []authz.Role{authz.Manager}}}
	for _, city := range c.Cities {
		groups = append(groups, group{authz.City, city, []authz.Role{authz.Official}})
	}
	p["challenge"], p["url"] = c.Title, notify.Link("/challenges/"+c.Slug+"/results")
	told := map[uuid.UUID]bool{}
	for _, g := range groups {
		to, err := identity.Holders(tx.Context(), tx.Pgx(), g.kind, g.id, g.roles...)
		if err != nil {
			return err
		}
		for _, a := range to {
			if told[a.Person] {
				continue
			}
			told[a.Person] = true
			if err := notify.Send(tx, notify.Notice{Kind: "results-released", To: a, Params: p, Subject: c.ID}); err != nil {
				return err
			}
		}
	}
	return nil
}

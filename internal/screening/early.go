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

// OpenEarly opens the sealed entries of a challenge before the deadline, for a reason that everyone
// can read. It is on record, on the public page of the record, on every entry, and in a mail to
// every team that has entered. It cannot be undone.
func (s *Service) OpenEarly(ctx context.Context, actor authz.Actor, challenge uuid.UUID, reason string, l lang.Tag) error {
	reason = strings.TrimSpace(reason)
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.OpenEarly, c.Scope()); err != nil {
			return err
		}
		var f fault.Check
		f.That(reason != "", "/reason", "required")
		f.That(entry.Chars(reason) <= 1000, "/reason", "too_long", "max", 1000)
		if err := f.Err(); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		switch {
		case c.PublishedAt == nil || now.Before(c.Dates.Opens):
			return ErrNotOpenYet
		case c.AfterDeadline(now):
			return ErrPast
		}
		tx.Remember(c.ID.String())
		sum := sha256.Sum256([]byte(reason))
		payload, err := json.Marshal(map[string]any{"challenge": c.ID, "by": actor.PersonID,
			"reason": base64.StdEncoding.EncodeToString(sum[:]), "time": now.UTC().Format(time.RFC3339Nano)})
		if err != nil {
			return err
		}
		leaf, err := record.Append(tx, record.Leaf{Kind: record.KindSealedOpened, Scope: c.RecordScope, Subject: c.ID.String(), Payload: payload})
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into early_openings (challenge_id, reason, language, opened_by, opened_at, leaf_id)
			values ($1,$2,$3,$4,$5,$6)`, c.ID, reason, string(languageOf(actor, l)), actor.PersonID, now, leaf); err != nil {
			return err
		}
		return tellTeams(tx, c, reason)
	})
	return done(err)
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

// Opened is one early opening as everybody may read it. Index is its place on record, nil until it
// has one.
type Opened struct {
	Slug     string
	Title    lang.Text
	Zone     string
	At       time.Time
	Closes   time.Time
	Reason   string
	Language lang.Tag
	Index    *int64
}

// Openings lists the early openings of published challenges, newest first.
func (s *Service) Openings(ctx context.Context, cursor string, limit int) ([]Opened, string, error) {
	var before *time.Time
	var at time.Time
	more, err := database.DecodeCursor(cursor, &at)
	if err != nil {
		return nil, "", err
	}
	if more {
		before = &at
	}
	rows, err := s.db.Pool().Query(ctx, `
		select c.slug, (select coalesce(jsonb_object_agg(t.language, t.title), '{}') from challenge_texts t where t.challenge_id = c.id and t.title <> ''),
		       y.time_zone, o.opened_at, coalesce(c.closes_at, k.closes_at), o.reason, o.language, r.leaf_index
		from early_openings o join challenges c on c.id = o.challenge_id join contests k on k.id = c.contest_id
		join cities y on y.id = c.lead_city_id left join record_order r on r.leaf_id = o.leaf_id
		where c.published_at is not null and ($1::timestamptz is null or o.opened_at < $1)
		order by o.opened_at desc limit $2`, before, limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Opened])
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	return list[:limit], database.EncodeCursor(list[limit-1].At), nil
}

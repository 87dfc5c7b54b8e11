package edition

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
)

// New is a contest to make. With CopyOf, what is empty is taken from that contest.
type New struct {
	CopyOf         uuid.UUID // uuid.Nil: from nothing
	WithChallenges bool      // the published ones, as drafts; in a rehearsal published at once
	Rehearsal      time.Duration
	Slug           string
	Title          lang.Text
	Zone           string
	Dates          contest.Dates
}

// The shares of a rehearsal's length that its phases take: as in a real contest, entering takes
// longest.
const (
	enteringShare = 0.5
	judgingShare  = 0.8
	graceShare    = 0.1
)

// Create makes a contest.
func (s *Service) Create(ctx context.Context, actor authz.Actor, n New) (Contest, error) {
	if err := actor.Require(authz.ManageContests, authz.Scope{}); err != nil {
		return Contest{}, err
	}
	var id uuid.UUID
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		settings, source, err := n.settings(tx, now)
		if err != nil {
			return err
		}
		if err := settings.check(); err != nil {
			return err
		}
		var announced *time.Time
		if n.Rehearsal > 0 {
			announced = &now
		}
		if id, err = insert(tx, settings, n.Rehearsal > 0, announced); err != nil {
			return err
		}
		if err := setMails(tx, id, source.Mails); err != nil {
			return err
		}
		if n.CopyOf != uuid.Nil {
			if err := reason.Copy(tx, n.CopyOf, id); err != nil {
				return err
			}
		}
		if n.WithChallenges && n.CopyOf != uuid.Nil {
			if err := s.copyChallenges(tx, n, id, actor.PersonID, now); err != nil {
				return err
			}
		}
		tx.Remember(id.String())
		return nil
	})
	if was, replay := database.Replayed(err); replay {
		id, err = uuid.Parse(was)
	}
	if err != nil {
		return Contest{}, err
	}
	return byID(ctx, s.db.Pool(), id)
}

// settings gives what the contest starts with, and the contest it is copied from.
func (n New) settings(tx database.Tx, now time.Time) (Settings, Contest, error) {
	out := Settings{Zone: "UTC", StandstillDays: 5, EntryLanguages: lang.All, BytesGraceHours: 24, ReviewsPerEntry: 3, Order: contest.ByRaw, Focus: lang.Text{}, HowToApply: lang.Text{}}
	var source Contest
	if n.CopyOf != uuid.Nil {
		var err error
		if source, err = byID(tx.Context(), tx.Pgx(), n.CopyOf); err != nil {
			return out, source, fault.ErrInvalid.At("/copyOf", "not_a_choice", nil)
		}
		out = source.Settings
		out.Slug, out.Month, out.Dates = "", 0, contest.Dates{}
	}
	if !blank(n.Title) {
		out.Title = n.Title
	}
	if n.Zone != "" {
		out.Zone = n.Zone
	}
	out.Dates = n.Dates
	if n.Rehearsal > 0 {
		part := func(share float64) time.Time {
			return now.Add(time.Duration(float64(n.Rehearsal) * share)).Truncate(time.Second)
		}
		out.Dates = contest.Dates{Opens: now, Closes: part(enteringShare), JudgingEnds: part(judgingShare), Results: part(1)}
		out.Title = marked(out.Title)
		out.StandstillDays, out.BytesGraceHours = 0, min(out.BytesGraceHours, 1)
		// A grace as long as in a real contest would outlast the rehearsal.
		out.GraceMinutes = min(out.GraceMinutes, int(n.Rehearsal.Minutes()*graceShare))
	}
	out.Slug = n.Slug
	if out.Slug == "" {
		title, _ := out.Title.In(lang.EN)
		if out.Slug = city.Slug(title); len(out.Slug) < 3 {
			out.Slug = "contest-" + uuid.NewString()[:8]
		}
		var taken bool
		if err := tx.Pgx().QueryRow(tx.Context(), `select exists (select from contests where slug = $1)`, out.Slug).Scan(&taken); err != nil {
			return out, source, err
		}
		if taken {
			out.Slug = strings.TrimRight(out.Slug[:min(len(out.Slug), 54)], "-") + "-" + uuid.NewString()[:8]
		}
	}
	return out, source, nil
}

// marked puts the mark of a rehearsal before its title, so that it is one wherever a title stands.
func marked(title lang.Text) lang.Text {
	out := lang.Text{}
	for l, t := range title {
		out[l] = contest.RehearsalMark[l] + strings.TrimPrefix(t, contest.RehearsalMark[l])
	}
	return out
}

func (s *Service) copyChallenges(tx database.Tx, n New, id, by uuid.UUID, now time.Time) error {
	rows, err := tx.Pgx().Query(tx.Context(), `select id from challenges where contest_id = $1 and published_at is not null order by id`, n.CopyOf)
	if err != nil {
		return err
	}
	sources, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	for _, source := range sources {
		copied, err := contest.CloneInto(tx, source, id, by, s.along...)
		if err != nil {
			return err
		}
		if n.Rehearsal > 0 {
			if err := contest.PublishCopy(tx, copied, by, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// blank says that a text has nothing in any language.
func blank(t lang.Text) bool {
	for _, s := range t {
		if strings.TrimSpace(s) != "" {
			return false
		}
	}
	return true
}

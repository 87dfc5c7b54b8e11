package edition

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

func (s Settings) check() error {
	var v fault.Check
	v.That(slugForm.MatchString(s.Slug), "/slug", "malformed")
	v.That(!blank(s.Title), "/title", "required")
	_, err := time.LoadLocation(s.Zone)
	v.That(err == nil && s.Zone != "" && s.Zone != "Local", "/timeZone", "not_a_choice")
	v.That(s.Dates.Opens.Before(s.Dates.Closes), "/dates/closesAt", "order")
	v.That(s.Dates.Closes.Before(s.Dates.JudgingEnds), "/dates/judgingEndsAt", "order")
	v.That(s.Dates.JudgingEnds.Before(s.Dates.Results), "/dates/resultsAt", "order")
	v.That(s.StandstillDays >= 0 && s.StandstillDays <= 90, "/standstillDays", "too_large", "max", 90)
	v.That(s.BytesGraceHours >= 0 && s.BytesGraceHours <= 168, "/bytesGraceHours", "too_large", "max", 168)
	v.That(s.GraceMinutes >= 0, "/graceMinutes", "too_small", "min", 0)
	longest := contest.LongestGrace(s.Dates)
	v.That(s.GraceMinutes <= longest, "/graceMinutes", "too_large", "max", longest)
	v.That(s.ReviewsPerEntry >= 1, "/reviewsPerEntry", "too_small", "min", 1)
	v.That(s.ReviewsPerEntry <= 50, "/reviewsPerEntry", "too_large", "max", 50)
	v.That(s.Order.Known(), "/order", "not_a_choice")
	v.That(len(s.EntryLanguages) > 0, "/entryLanguages", "required")
	for i, p := range s.Prizes {
		v.That(!blank(p.Text), fmt.Sprintf("/prizes/%d/text", i), "required")
	}
	return v.Err()
}

// insert writes a new contest. Its id on the public record is random and tells nothing.
func insert(tx database.Tx, s Settings, rehearsal bool, announced *time.Time) (uuid.UUID, error) {
	id := uuid.Must(uuid.NewV7())
	languages, err := json.Marshal(s.EntryLanguages)
	if err != nil {
		return id, err
	}
	scope := make([]byte, 12)
	if _, err := rand.Read(scope); err != nil {
		return id, err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into contests (id, programme_id, slug, record_scope, title, focus, how_to_apply, month, time_zone,
			opens_at, closes_at, judging_ends_at, results_at, standstill_days, entry_languages, blind, bytes_grace_hours, reviews_per_entry, rehearsal, announced_at, grace_minutes, official_order, panel_shown)
		values ($1, (select id from programmes order by created_at limit 1), $2, $3, $4, $5, $6, nullif($7, 0), $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		id, s.Slug, base64.RawURLEncoding.EncodeToString(scope), s.Title, s.Focus, s.HowToApply, s.Month, s.Zone, s.Dates.Opens, s.Dates.Closes,
		s.Dates.JudgingEnds, s.Dates.Results, s.StandstillDays, languages, s.Blind, s.BytesGraceHours, s.ReviewsPerEntry, rehearsal, announced, s.GraceMinutes, s.Order, !s.PanelHidden)
	if err != nil {
		return id, err
	}
	return id, setPrizes(tx, id, s.Prizes)
}

func setPrizes(tx database.Tx, id uuid.UUID, prizes []contest.Prize) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from prizes where contest_id = $1`, id); err != nil {
		return err
	}
	for i, p := range prizes {
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into prizes (id, contest_id, kind, region, text, position) values ($1, $2, $3, nullif($4, ''), $5, $6)`,
			uuid.Must(uuid.NewV7()), id, p.Kind, p.Region, p.Text, i+1); err != nil {
			return err
		}
	}
	return nil
}

// locked reads a contest and holds its row until the transaction ends.
func locked(tx database.Tx, actor authz.Actor, id uuid.UUID) (Contest, error) {
	if err := actor.Require(authz.ManageContests, authz.Scope{Contest: id}); err != nil {
		return Contest{}, err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `select from contests where id = $1 for update`, id); err != nil {
		return Contest{}, err
	}
	return byID(tx.Context(), tx.Pgx(), id)
}

// Update replaces the settings of a contest read at a version. Once challenges are published, their
// rules stand: address, dates, grace, languages, blindness and what decides do not change here any more.
func (s *Service) Update(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, to Settings) (Contest, error) {
	return s.change(ctx, actor, id, func(tx database.Tx, c Contest) error {
		if c.Version != version {
			return fault.ErrStale
		}
		if to.Order == "" {
			to.Order = c.Order
		}
		if err := to.check(); err != nil {
			return err
		}
		if c.Published > 0 && !c.sameRules(to) {
			return ErrOpened
		}
		languages, err := json.Marshal(to.EntryLanguages)
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `update contests set slug = $2, title = $3, focus = $4, how_to_apply = $5, month = nullif($6, 0), time_zone = $7,
				opens_at = $8, closes_at = $9, judging_ends_at = $10, results_at = $11, standstill_days = $12, entry_languages = $13, blind = $14,
				bytes_grace_hours = $15, reviews_per_entry = $16, grace_minutes = $17, official_order = $18, panel_shown = $19 where id = $1`,
			id, to.Slug, to.Title, to.Focus, to.HowToApply, to.Month, to.Zone, to.Dates.Opens, to.Dates.Closes, to.Dates.JudgingEnds, to.Dates.Results,
			to.StandstillDays, languages, to.Blind, to.BytesGraceHours, to.ReviewsPerEntry, to.GraceMinutes, to.Order, !to.PanelHidden); err != nil {
			return err
		}
		return setPrizes(tx, id, to.Prizes)
	})
}

// sameRules says that nothing changes that published challenges were published with.
func (c Contest) sameRules(to Settings) bool {
	same := c.Slug == to.Slug && c.Blind == to.Blind && c.StandstillDays == to.StandstillDays && c.BytesGraceHours == to.BytesGraceHours && c.GraceMinutes == to.GraceMinutes && c.Order == to.Order &&
		c.Dates.Opens.Equal(to.Dates.Opens) && c.Dates.Closes.Equal(to.Dates.Closes) &&
		c.Dates.JudgingEnds.Equal(to.Dates.JudgingEnds) && c.Dates.Results.Equal(to.Dates.Results)
	was := map[lang.Tag]bool{}
	for _, l := range c.EntryLanguages {
		was[l] = true
	}
	for _, l := range to.EntryLanguages {
		same = same && was[l]
	}
	return same && len(c.EntryLanguages) == len(to.EntryLanguages)
}

// change runs an act on a locked contest, counts its version and gives the contest as it is then.
func (s *Service) change(ctx context.Context, actor authz.Actor, id uuid.UUID, act func(database.Tx, Contest) error) (Contest, error) {
	var out Contest
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := locked(tx, actor, id)
		if err == nil {
			err = act(tx, c)
		}
		if err == nil {
			_, err = tx.Pgx().Exec(ctx, `update contests set version = version + 1 where id = $1`, id)
		}
		if err == nil {
			out, err = byID(ctx, tx.Pgx(), id)
		}
		return err
	})
	return out, err
}

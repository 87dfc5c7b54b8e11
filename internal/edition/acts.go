package edition

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/screening/reason"
)

// MailKinds are the mails that a contest may add a paragraph of its own to.
var MailKinds = []string{
	"entry-received", "entry-withdrawn", "entry-draft-reminder", "jury-assigned", "jury-reminder",
	"results-winner", "results-reserve", "results-not-selected",
}

const longestMail = 2000 // characters of a paragraph

// Announce makes a contest public.
func (s *Service) Announce(ctx context.Context, actor authz.Actor, id uuid.UUID) (Contest, error) {
	return s.change(ctx, actor, id, func(tx database.Tx, c Contest) error {
		if c.AnnouncedAt != nil {
			return ErrAnnounced
		}
		_, err := tx.Pgx().Exec(ctx, `update contests set announced_at = clock_timestamp() where id = $1`, id)
		return err
	})
}

// Archive puts a contest away: it stays readable, takes nothing more and leaves the lists of what is
// going on.
func (s *Service) Archive(ctx context.Context, actor authz.Actor, id uuid.UUID) (Contest, error) {
	return s.change(ctx, actor, id, func(tx database.Tx, c Contest) error {
		if c.ArchivedAt != nil {
			return ErrArchived
		}
		_, err := tx.Pgx().Exec(ctx, `update contests set archived_at = clock_timestamp() where id = $1`, id)
		return err
	})
}

// Restore takes an archived contest back.
func (s *Service) Restore(ctx context.Context, actor authz.Actor, id uuid.UUID) (Contest, error) {
	return s.change(ctx, actor, id, func(tx database.Tx, c Contest) error {
		if c.ArchivedAt == nil {
			return ErrNotArchived
		}
		_, err := tx.Pgx().Exec(ctx, `update contests set archived_at = null where id = $1`, id)
		return err
	})
}

// Mails replaces the contest's own paragraphs by kind of mail. An empty text takes one away.
func (s *Service) Mails(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, mails map[string]lang.Text) (Contest, error) {
	return s.change(ctx, actor, id, func(tx database.Tx, c Contest) error {
		if c.Version != version {
			return fault.ErrStale
		}
		var v fault.Check
		for kind, text := range mails {
			v.That(slices.Contains(MailKinds, kind), "/mails/"+kind, "not_a_choice")
			for l, t := range text {
				v.That(len([]rune(t)) <= longestMail, "/mails/"+kind+"/"+string(l), "too_long", "max", longestMail)
			}
		}
		if err := v.Err(); err != nil {
			return err
		}
		return setMails(tx, id, mails)
	})
}

// Reasons replaces the contest's own list of why an entry can fail the check of eligibility; an empty
// one brings the usual list back. Officials choose from it at once, in every challenge of the contest.
func (s *Service) Reasons(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, list []reason.Reason) (Contest, error) {
	return s.change(ctx, actor, id, func(tx database.Tx, c Contest) error {
		if c.Version != version {
			return fault.ErrStale
		}
		return reason.Set(tx, id, list)
	})
}

func setMails(tx database.Tx, id uuid.UUID, mails map[string]lang.Text) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from contest_mails where contest_id = $1`, id); err != nil {
		return err
	}
	for kind, text := range mails {
		if blank(text) {
			continue
		}
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into contest_mails (contest_id, kind, text) values ($1, $2, $3)`, id, kind, text); err != nil {
			return err
		}
	}
	return nil
}

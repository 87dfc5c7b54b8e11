package contest

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// Publish makes an approved challenge public. From then on its original text, rubric, form, terms and
// dates stand, and their hash is on record.
func (s *Service) Publish(ctx context.Context, actor authz.Actor, id uuid.UUID) (Dossier, error) {
	return s.act(ctx, actor, id, authz.PublishChallenge, func(tx database.Tx, d Dossier) error {
		return s.publish(tx, d, actor.PersonID)
	})
}

// publish is the act itself, by hand or at the moment that was set. The caller holds the challenge.
func (s *Service) publish(tx database.Tx, d Dossier, by uuid.UUID) error {
	now, err := tx.Now()
	switch {
	case err != nil:
		return err
	case d.ApprovedAt == nil:
		return ErrNotApproved
	case !now.Before(d.Dates.Closes) || d.Edition.ArchivedAt != nil:
		return ErrContestClosed
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update challenges set published_at = $2, published_by = $3, publish_at = null, publish_at_by = null
		where id = $1`, d.ID, now, person(by)); err != nil {
		return err
	}
	if err := Freeze(tx, d.ID, now); err != nil {
		return err
	}
	if err := s.tellOfficials(tx, d, uuid.Nil, func(to notify.Address) notify.Notice {
		return d.notice("challenge-published", to, notify.Params{
			"opens": notify.Moment{At: d.Dates.Opens, Zone: d.Zone}, "closes": notify.Moment{At: d.Dates.Closes, Zone: d.Zone},
			"url": notify.Link("/challenges/" + d.Slug),
		})
	}); err != nil {
		return err
	}
	return s.tellManagers(tx, d)
}

// tellManagers tells the community managers which translations are pending.
func (s *Service) tellManagers(tx database.Tx, d Dossier) error {
	pending := d.Texts.Pending(d.Language)
	if len(pending) == 0 {
		return nil
	}
	names := lang.Text{}
	for _, reader := range lang.All {
		list := []string{}
		for _, p := range pending {
			list = append(list, lang.Name(p)[reader])
		}
		comma := ", "
		if reader == lang.JA {
			comma = "、"
		}
		names[reader] = strings.Join(list, comma)
	}
	told := map[uuid.UUID]bool{}
	for _, scope := range []struct {
		kind authz.Kind
		id   uuid.UUID
	}{{authz.Installation, uuid.Nil}, {authz.Contest, d.ContestID}} {
		managers, err := identity.Holders(tx.Context(), tx.Pgx(), scope.kind, scope.id, authz.Manager)
		if err != nil {
			return err
		}
		for _, to := range managers {
			if told[to.Person] {
				continue
			}
			told[to.Person] = true
			if err := notify.Send(tx, d.notice("translation-pending", to, notify.Params{"languages": names, "url": manageLink(d)})); err != nil {
				return err
			}
		}
	}
	return nil
}

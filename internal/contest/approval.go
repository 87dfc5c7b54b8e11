package contest

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// What the approval does not allow.
var (
	ErrIncomplete  = fault.New(fault.Invalid, "challenge.incomplete", "Some parts of the challenge are missing.")
	ErrNotSent     = fault.New(fault.Conflict, "challenge.not_sent", "The challenge was not sent for approval.")
	ErrOwnApproval = database.Constraint("challenges_two_people",
		fault.New(fault.Forbidden, "challenge.own_approval", "A second official approves; nobody approves what they sent themselves."))
	ErrApproved    = fault.New(fault.Conflict, "challenge.approved", "The challenge is approved already.")
	ErrNotApproved = fault.New(fault.Conflict, "challenge.not_approved", "A second official has not approved the challenge yet.")
	ErrPublished   = fault.New(fault.Conflict, "challenge.published", "The challenge is published already.")
)

// act locks a challenge, asks for the permission, and gives all that is known of it.
func (s *Service) act(ctx context.Context, actor authz.Actor, id uuid.UUID, action authz.Action, do func(tx database.Tx, d Dossier) error) (Dossier, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := LockExclusive(tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require(action, c.Scope()); err != nil {
			return err
		}
		if c.PublishedAt != nil {
			return ErrPublished
		}
		d, err := readDossier(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		if err := do(tx, d); err != nil {
			return err
		}
		return touched(tx, id, true)
	})
	if _, replay := database.Replayed(err); replay {
		err = nil
	}
	if err != nil {
		return Dossier{}, err
	}
	return s.Dossier(ctx, actor, id)
}

// Send asks the other officials of the hosts for approval. What is missing comes back as the fields
// of ErrIncomplete.
func (s *Service) Send(ctx context.Context, actor authz.Actor, id uuid.UUID) (Dossier, error) {
	return s.act(ctx, actor, id, authz.SendChallenge, func(tx database.Tx, d Dossier) error {
		if d.SubmittedAt != nil {
			return ErrInApproval
		}
		if missing := d.Missing(); len(missing) > 0 {
			e := ErrIncomplete
			for _, f := range missing {
				e = e.At(f.Pointer, f.Code, f.Params)
			}
			return e
		}
		if _, err := tx.Pgx().Exec(ctx, `update challenges set submitted_at = clock_timestamp(), submitted_by = $2 where id = $1`, id, person(actor.PersonID)); err != nil {
			return err
		}
		if err := keepSending(tx, d); err != nil {
			return err
		}
		return s.tellOfficials(tx, d, actor.PersonID, func(to notify.Address) notify.Notice {
			return d.notice("approval-requested", to, notify.Params{"requester": actor.Name, "url": manageLink(d)})
		})
	})
}

// Return gives a challenge back for changes, before or after its approval, and takes back a moment of
// publication. The reason may be left out where edits were requested: they are the reason then.
func (s *Service) Return(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Dossier, error) {
	reason = strings.TrimSpace(printable(reason))
	return s.act(ctx, actor, id, authz.ReturnChallenge, func(tx database.Tx, d Dossier) error {
		if d.SubmittedAt == nil {
			return ErrNotSent
		}
		open, err := openEdits(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		if reason == "" && len(open) == 0 {
			return fault.ErrInvalid.At("/reason", "required", nil)
		}
		if _, err := tx.Pgx().Exec(ctx, `update challenges set submitted_at = null, submitted_by = null, approved_at = null, approved_by = null,
			publish_at = null, publish_at_by = null, returned_at = clock_timestamp(), returned_by = $2, return_reason = $3 where id = $1`, id, person(actor.PersonID), reason); err != nil {
			return err
		}
		if d.sentBy == uuid.Nil || d.sentBy == actor.PersonID {
			return nil // nobody to tell: taken back by who sent it
		}
		to, err := identity.AddressOf(ctx, tx.Pgx(), d.sentBy)
		if err != nil {
			return err
		}
		return notify.Send(tx, d.notice("approval-returned", to, notify.Params{"reviewer": actor.Name, "reason": reasons(reason, open, to.Language), "url": manageLink(d)}))
	})
}

// Approve is the word of a second person; the database refuses whoever sent it (ErrOwnApproval).
func (s *Service) Approve(ctx context.Context, actor authz.Actor, id uuid.UUID) (Dossier, error) {
	return s.act(ctx, actor, id, authz.ApproveChallenge, func(tx database.Tx, d Dossier) error {
		switch {
		case d.SubmittedAt == nil:
			return ErrNotSent
		case d.ApprovedAt != nil:
			return ErrApproved
		}
		_, err := tx.Pgx().Exec(ctx, `update challenges set approved_at = clock_timestamp(), approved_by = $2 where id = $1`, id, person(actor.PersonID))
		return err
	})
}

// tellOfficials sends a notice to every official of the hosts except one person.
func (s *Service) tellOfficials(tx database.Tx, d Dossier, except uuid.UUID, make func(notify.Address) notify.Notice) error {
	told := map[uuid.UUID]bool{except: true}
	for _, c := range d.Cities {
		officials, err := identity.Holders(tx.Context(), tx.Pgx(), authz.City, c, authz.Official)
		if err != nil {
			return err
		}
		for _, to := range officials {
			if told[to.Person] {
				continue
			}
			told[to.Person] = true
			if err := notify.Send(tx, make(to)); err != nil {
				return err
			}
		}
	}
	return nil
}

// notice names the challenge and its lead city beside the given parameters.
func (d Dossier) notice(kind string, to notify.Address, p notify.Params) notify.Notice {
	title := lang.Text{}
	for l, t := range d.Title {
		title[l] = t
	}
	for _, l := range lang.All { // a reader without a translation reads the original
		if title[l] == "" {
			title[l] = d.Title[d.Language]
		}
	}
	p["challenge"], p["city"] = title, d.Hosts[0].Name
	return notify.Notice{Kind: kind, To: to, Params: p, Subject: d.ID}
}

func manageLink(d Dossier) notify.Link { return notify.Link("/manage/challenges/" + d.ID.String()) }

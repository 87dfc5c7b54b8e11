package contest

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// What requested edits do not allow.
var (
	ErrEditNotAsked = fault.New(fault.Conflict, "challenge.edits_after_sending",
		"Edits are requested while the challenge waits for approval or publication, by somebody other than who sent it.")
	ErrEditReturned = fault.New(fault.Conflict, "challenge.edit_returned", "The challenge was returned with this request; it stays.")
)

// EditRequest is what a second person wants changed in a section, in that person's language.
type EditRequest struct {
	ID        uuid.UUID
	Challenge uuid.UUID
	Part      Part
	Text      string
	Language  lang.Tag
	ByID      uuid.UUID
	By        string // name of the account, empty when it is gone
	At        time.Time
	DoneAt    *time.Time
	DoneBy    string
}

// PartChange is a section that says something else than when it was last sent.
type PartChange struct {
	Part          Part
	Before, After string
}

const selectEdits = `select e.id, e.challenge_id, e.section, e.body, e.language, coalesce(e.requested_by, '00000000-0000-0000-0000-000000000000'),
	coalesce(p.name, ''), e.requested_at, e.done_at, coalesce(d.name, '')
	from edit_requests e left join people p on p.id = e.requested_by left join people d on d.id = e.done_by `

func editsOf(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]EditRequest, error) {
	rows, err := q.Query(ctx, selectEdits+`where e.challenge_id = $1 order by e.requested_at, e.id`, challenge)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[EditRequest])
}

func openEdits(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]EditRequest, error) {
	all, err := editsOf(ctx, q, challenge)
	open := []EditRequest{}
	for _, e := range all {
		if e.DoneAt == nil {
			open = append(open, e)
		}
	}
	return open, err
}

// reasons puts the requested edits under the reason, with the sections named in the reader's language.
func reasons(reason string, edits []EditRequest, l lang.Tag) string {
	lines := []string{}
	if reason != "" {
		lines = append(lines, reason)
	}
	for _, e := range edits {
		label, _ := PartLabel(e.Part).In(l)
		lines = append(lines, "– "+label+": "+e.Text)
	}
	return strings.Join(lines, "\n")
}

// RequestEdit asks for an edit of a section, while the challenge waits for approval or publication.
func (s *Service) RequestEdit(ctx context.Context, actor authz.Actor, id uuid.UUID, part Part, text string, l lang.Tag) error {
	text = strings.TrimSpace(printable(text))
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := LockExclusive(tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.ReturnChallenge, c.Scope()); err != nil {
			return err
		}
		d, err := readDossier(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		if !d.mayRequestEdits(actor) {
			return ErrEditNotAsked
		}
		if text == "" {
			return fault.ErrInvalid.At("/text", "required", nil)
		}
		tx.Remember(id.String())
		_, err = tx.Pgx().Exec(ctx, `insert into edit_requests (id, challenge_id, section, body, language, requested_by) values ($1,$2,$3,$4,$5,$6)`,
			uuid.Must(uuid.NewV7()), id, string(part), text, string(l), person(actor.PersonID))
		return err
	})
	if _, again := database.Replayed(err); again {
		return nil
	}
	return err
}

func (d Dossier) mayRequestEdits(actor authz.Actor) bool {
	waits := d.SubmittedAt != nil && d.PublishedAt == nil
	return waits && actor.PersonID != d.sentBy && actor.May(authz.ReturnChallenge, d.Scope())
}

// MarkEdit notes that a requested edit is done, or is not after all, and gives its challenge.
func (s *Service) MarkEdit(ctx context.Context, actor authz.Actor, edit uuid.UUID, done bool) (uuid.UUID, error) {
	return s.onEdit(ctx, edit, func(tx database.Tx, e EditRequest) error {
		if _, err := editing(tx, actor, e.Challenge); err != nil {
			return err
		}
		if !done {
			_, err := tx.Pgx().Exec(ctx, `update edit_requests set done_at = null, done_by = null where id = $1`, e.ID)
			return err
		}
		_, err := tx.Pgx().Exec(ctx, `update edit_requests set done_at = coalesce(done_at, clock_timestamp()), done_by = coalesce(done_by, $2)
			where id = $1`, e.ID, person(actor.PersonID))
		return err
	})
}

// WithdrawEdit takes back what the actor asked for, before the challenge is returned.
func (s *Service) WithdrawEdit(ctx context.Context, actor authz.Actor, edit uuid.UUID) (uuid.UUID, error) {
	return s.onEdit(ctx, edit, func(tx database.Tx, e EditRequest) error {
		c, err := LockExclusive(tx, e.Challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.ReturnChallenge, c.Scope()); err != nil {
			return err
		}
		if e.ByID != actor.PersonID {
			return fault.ErrForbidden
		}
		if c.SubmittedAt == nil || c.PublishedAt != nil || e.At.Before(*c.SubmittedAt) {
			return ErrEditReturned
		}
		_, err = tx.Pgx().Exec(ctx, `delete from edit_requests where id = $1`, e.ID)
		return err
	})
}

func (s *Service) onEdit(ctx context.Context, edit uuid.UUID, do func(tx database.Tx, e EditRequest) error) (uuid.UUID, error) {
	var e EditRequest
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		rows, err := tx.Pgx().Query(ctx, selectEdits+`where e.id = $1`, edit)
		if err != nil {
			return err
		}
		e, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[EditRequest])
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		return do(tx, e)
	})
	return e.Challenge, err
}

// keepSending keeps what the sections say at the moment they are sent for approval.
func keepSending(tx database.Tx, d Dossier) error {
	sections, err := json.Marshal(d.PartTexts())
	if err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into challenge_sendings (challenge_id, round, sent_at, sections)
		select $1, coalesce(max(round), 0) + 1, clock_timestamp(), $2 from challenge_sendings where challenge_id = $1`, d.ID, sections)
	return err
}

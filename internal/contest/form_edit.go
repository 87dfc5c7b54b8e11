package contest

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// FormDraft is a form as its authors work on it.
type FormDraft struct {
	Challenge Challenge
	Version   int // of the form; what an edit is made over
	Sections  []FormSection
	Fields    []Field
	Dropped   []Field // answered once, no longer asked
	Entries   int     // how many were begun
	Now       time.Time
	Editable  bool // by this actor, as the challenge is now
	// NextVersion says that the challenge is published: what is saved becomes part of the draft of the
	// next version of its rules, and the fields are those of that draft where it has any.
	NextVersion bool
}

// FormVersion is the version of a challenge's form: 1, and one more for each change.
func FormVersion(ctx context.Context, q database.Queryer, challenge uuid.UUID) (int, error) {
	var n int
	err := q.QueryRow(ctx, `select form_version from challenges where id = $1`, challenge).Scan(&n)
	if database.NotFound(err) {
		return 0, fault.ErrNotFound
	}
	return n, err
}

// FormDraft reads a form for those who work on the challenge.
func (s *Service) FormDraft(ctx context.Context, actor authz.Actor, id uuid.UUID) (FormDraft, error) {
	q := s.db.Pool()
	var d FormDraft
	var err error
	if d.Challenge, err = Load(ctx, q, id); err != nil {
		return d, err
	}
	scope := d.Challenge.Scope()
	if err := actor.Require(authz.SeeChallengeDraft, scope); err != nil {
		return FormDraft{}, err
	}
	if d.Version, err = FormVersion(ctx, q, id); err != nil {
		return d, err
	}
	if d.Sections, err = FormSections(ctx, q, id); err != nil {
		return d, err
	}
	if d.Fields, err = Form(ctx, q, id); err != nil {
		return d, err
	}
	if d.Dropped, err = DroppedFields(ctx, q, id); err != nil {
		return d, err
	}
	if err := q.QueryRow(ctx, `select count(*), clock_timestamp() from entries where challenge_id = $1`, id).Scan(&d.Entries, &d.Now); err != nil {
		return d, err
	}
	if d.NextVersion = d.amendable(actor); d.NextVersion {
		if d.Version, err = formDraftVersion(ctx, q, id); err != nil {
			return d, err
		}
		draft, err := readDraft(ctx, q, id, "")
		if err != nil {
			return d, err
		}
		if p := draft.Amendment.Form; p != nil {
			d.Sections, d.Fields = p.Sections, p.Fields
		}
	}
	d.Editable = d.NextVersion || d.Challenge.SubmittedAt == nil && d.Challenge.PublishedAt == nil && actor.May(authz.EditChallenge, scope)
	return d, nil
}

// SaveForm replaces the form of a draft that was read at a version of the form.
func (s *Service) SaveForm(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, p FormPlan) (FormDraft, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := LockExclusive(tx, id)
		if err == nil && c.PublishedAt != nil && actor.May(authz.AmendRules, c.Scope()) {
			return s.draftForm(tx, actor, c, version, p)
		}
		if err == nil {
			c, err = editing(tx, actor, id)
		}
		if err != nil {
			return err
		}
		before, err := FormVersion(ctx, tx.Pgx(), id)
		if err != nil {
			return err
		}
		if before != version {
			return fault.ErrStale
		}
		after, err := SetForm(tx, c, p)
		if err != nil || after == before {
			return err
		}
		return touched(tx, id, true)
	})
	if err != nil {
		return FormDraft{}, err
	}
	return s.FormDraft(ctx, actor, id)
}

// checkForm is the form's part of what a challenge lacks: /form, and /form/<key> for a field that
// was well when it was written and no longer is, since dates moved.
func (d Dossier) checkForm(v *fault.Check) {
	v.That(len(d.Form) > 0, "/form", "required")
	for _, f := range d.Form {
		if t := f.FrozenAfter; t != nil {
			v.That(t.After(d.Dates.Opens) && t.Before(d.Dates.Closes), "/form/"+f.Key, "between", "from", d.Dates.Opens, "to", d.Dates.Closes)
		}
	}
}

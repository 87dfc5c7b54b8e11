package contest

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// amendable reports whether an actor may draft another form for a challenge that is published: it
// becomes part of the next version of the rules, and no part of it once the deadline has passed.
func (d FormDraft) amendable(actor authz.Actor) bool {
	c := d.Challenge
	return c.PublishedAt != nil && !c.AfterDeadline(d.Now) && actor.May(authz.AmendRules, c.Scope())
}

// formDrafted counts a change of the form in a draft.
func formDrafted(tx database.Tx, id uuid.UUID) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update challenges set form_drafts = form_drafts + 1 where id = $1`, id)
	return err
}

// formDraftVersion is the version of the form as it is drafted: it rises with what is published and
// with every change of the draft, so two who draft at the same time meet.
func formDraftVersion(ctx context.Context, q database.Queryer, id uuid.UUID) (n int, err error) {
	err = q.QueryRow(ctx, `select form_version + form_drafts from challenges where id = $1`, id).Scan(&n)
	return n, err
}

// draftForm keeps a form in the draft of the next version of the rules, beside what else is drafted.
// What SetForm would refuse is refused now, while the author looks at it.
func (s *Service) draftForm(tx database.Tx, actor authz.Actor, c Challenge, version int, p FormPlan) error {
	if _, err := s.amending(tx, actor, c.ID); err != nil {
		return err
	}
	switch stands, err := formDraftVersion(tx.Context(), tx.Pgx(), c.ID); {
	case err != nil:
		return err
	case stands != version:
		return fault.ErrStale
	}
	now, err := tx.Now()
	switch {
	case err != nil:
		return err
	case c.AfterDeadline(now):
		return ErrRulesClosed
	}
	if err := p.check(c.Language, c.Dates); err != nil {
		return err
	}
	old, _, err := formForChange(tx, c.ID)
	if err != nil {
		return err
	}
	p = p.tidy()
	if err := checkAnswered(tx, old, p); err != nil {
		return err
	}
	draft, err := readDraft(tx.Context(), tx.Pgx(), c.ID, "")
	if err != nil {
		return err
	}
	draft.Amendment.Form = &p
	body, err := json.Marshal(draft.Amendment)
	if err != nil {
		return err
	}
	n, err := nextDraft(tx, c.ID)
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into rules_drafts (challenge_id, body, updated_by, version) values ($1, $2, $3, $4)
		on conflict (challenge_id) do update set body = excluded.body, updated_by = excluded.updated_by,
		updated_at = clock_timestamp(), version = excluded.version`, c.ID, body, person(actor.PersonID), n); err != nil {
		return err
	}
	return formDrafted(tx, c.ID)
}

package contest

import (
	"encoding/json"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

// amendable reports whether an actor may draft another form for a challenge that is published: it
// becomes part of the next version of the rules, and no part of it once the deadline has passed.
func (d FormDraft) amendable(actor authz.Actor) bool {
	c := d.Challenge
	return c.PublishedAt != nil && !c.AfterDeadline(d.Now) && actor.May(authz.AmendRules, c.Scope())
}

// draftForm keeps a form in the draft of the next version of the rules, beside what else is drafted.
// What SetForm would refuse is refused now, while the author looks at it.
func (s *Service) draftForm(tx database.Tx, actor authz.Actor, c Challenge, p FormPlan) error {
	if _, err := s.amending(tx, actor, c.ID); err != nil {
		return err
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
	_, err = tx.Pgx().Exec(tx.Context(), `insert into rules_drafts (challenge_id, body, updated_by) values ($1, $2, $3)
		on conflict (challenge_id) do update set body = excluded.body, updated_by = excluded.updated_by,
		updated_at = clock_timestamp(), version = rules_drafts.version + 1`, c.ID, body, person(actor.PersonID))
	return err
}

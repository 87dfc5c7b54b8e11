package entry

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// ErrNotEligible says that eligibility questions are open, or that a blocking one says no. Its fields
// are /eligibility/<key>.
var ErrNotEligible = fault.New(fault.Invalid, "entry.not_eligible", "The eligibility questions are not all answered, or an answer means that the team cannot take part.")

// Eligible is an eligibility question with a team's answer.
type Eligible struct {
	contest.Question
	Answer *bool // nil until it is answered
}

// Fits reports whether the answer lets the team take part.
func (e Eligible) Fits() bool { return e.Answer != nil && *e.Answer == e.Expected }

// Eligibility reads the eligibility questions of an entry's challenge with the team's answers; also
// for those who check entries, whose right the caller has checked.
func Eligibility(ctx context.Context, q database.Queryer, challenge, entry uuid.UUID) ([]Eligible, error) {
	questions, err := contest.Eligibility(ctx, q, challenge)
	if err != nil || len(questions) == 0 {
		return []Eligible{}, err
	}
	given := map[uuid.UUID]bool{}
	rows, err := q.Query(ctx, `select question_id, answer from eligibility_answers where entry_id = $1`, entry)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var answer bool
		if err := rows.Scan(&id, &answer); err != nil {
			return nil, err
		}
		given[id] = answer
	}
	out := make([]Eligible, len(questions))
	for i, x := range questions {
		out[i] = Eligible{Question: x}
		if answer, ok := given[x.ID]; ok {
			out[i].Answer = &answer
		}
	}
	return out, rows.Err()
}

// EligibilityFor reads them for the entry's team; editable says whether the actor may answer now.
func (s *Service) EligibilityFor(ctx context.Context, actor authz.Actor, id uuid.UUID) (list []Eligible, editable bool, err error) {
	r, err := read(ctx, s.db.Pool(), id)
	if err != nil {
		return nil, false, err
	}
	c, err := contest.Load(ctx, s.db.Pool(), r.Challenge)
	if err != nil {
		return nil, false, err
	}
	if err := actor.Require(authz.SeeEntry, r.scope(c)); err != nil {
		return nil, false, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return nil, false, err
	}
	_, closed := r.window(c).takes(c, now)
	editable = closed == nil && r.State != StateWithdrawn && actor.May(authz.EditEntry, r.scope(c))
	list, err = Eligibility(ctx, s.db.Pool(), c.ID, id)
	return list, editable, err
}

// AnswerEligibility keeps answers by the questions' keys. A wrong one is kept like a right one.
func (s *Service) AnswerEligibility(ctx context.Context, actor authz.Actor, id uuid.UUID, answers map[string]bool) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, r, now, err := lock(tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.EditEntry, r.scope(c)); err != nil {
			return err
		}
		if _, err := r.window(c).takes(c, now); err != nil {
			return err
		}
		if r.State == StateWithdrawn {
			return ErrWithdrawn
		}
		questions, err := contest.Eligibility(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		known := map[string]uuid.UUID{}
		for _, q := range questions {
			known[q.Key] = q.ID
		}
		for key, answer := range answers {
			question, ok := known[key]
			if !ok {
				return fault.ErrInvalid.At(fmt.Sprintf("/answers/%s", key), "unknown", nil)
			}
			if _, err := tx.Pgx().Exec(ctx, `insert into eligibility_answers (entry_id, question_id, answer, answered_by) values ($1,$2,$3,$4)
				on conflict (entry_id, question_id) do update set answer = excluded.answer, answered_by = excluded.answered_by,
				answered_at = clock_timestamp() where eligibility_answers.answer <> excluded.answer`, id, question, answer, actor.PersonID); err != nil {
				return err
			}
		}
		return nil
	})
}

// ineligible lists what of the eligibility questions stands in the way of submitting: those that are
// open, and blocking ones that say no. Pointers are /eligibility/<key>.
func ineligible(ctx context.Context, q database.Queryer, challenge, entry uuid.UUID) ([]fault.Field, error) {
	list, err := Eligibility(ctx, q, challenge, entry)
	out := []fault.Field{}
	for _, e := range list {
		switch {
		case e.Answer == nil:
			out = append(out, fault.Field{Pointer: "/eligibility/" + e.Key, Code: "required"})
		case e.Blocking && !e.Fits():
			out = append(out, fault.Field{Pointer: "/eligibility/" + e.Key, Code: "not_eligible"})
		}
	}
	return out, err
}

// lacking lists all that stands in the way of submitting an entry: fields first, in the form's order,
// then eligibility questions.
func lacking(ctx context.Context, q database.Queryer, challenge, entry uuid.UUID, form []contest.Field, s Standing) ([]fault.Field, error) {
	questions, err := ineligible(ctx, q, challenge, entry)
	return append(missing(form, s), questions...), err
}

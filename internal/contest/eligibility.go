package contest

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Question is a yes/no question that every entrant answers. Expected is the answer that lets a team
// take part; Explanation says kindly what another one means. A wrong answer to a blocking question
// keeps the entry from being submitted; to others it only marks it.
type Question struct {
	ID          uuid.UUID
	Key         string
	Text        lang.Text
	Explanation lang.Text
	Expected    bool
	Blocking    bool
}

// Most characters of a question and of its explanation, in each language.
const (
	maxQuestion    = 300
	maxExplanation = 600
)

// checkEligibility asks for every question and explanation in the original language.
func (d Dossier) checkEligibility(v *fault.Check) {
	for i, q := range d.Eligibility {
		v.That(q.Text[d.Language] != "", fmt.Sprintf("/eligibility/%d/text", i), "required")
		v.That(q.Explanation[d.Language] != "", fmt.Sprintf("/eligibility/%d/explanation", i), "required")
	}
}

// SetEligibility replaces the questions of a draft that was read at a version. What is not complete
// yet may be kept; Send asks for it.
func (s *Service) SetEligibility(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, questions []Question) (Dossier, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := editing(tx, actor, id)
		if err != nil {
			return err
		}
		if c.Version != version {
			return fault.ErrStale
		}
		var v fault.Check
		seen := map[string]bool{}
		for i, q := range questions {
			at := fmt.Sprintf("/questions/%d", i)
			v.That(!seen[q.Key], at+"/key", "taken")
			seen[q.Key] = true
			checkText(&v, q.Text, at+"/text", maxQuestion)
			checkText(&v, q.Explanation, at+"/explanation", maxExplanation)
		}
		if err := v.Err(); err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `delete from eligibility_questions where challenge_id = $1`, id); err != nil {
			return err
		}
		for i, q := range questions {
			if _, err := tx.Pgx().Exec(ctx, `insert into eligibility_questions (id, challenge_id, key, position, question, explanation, expected, blocking)
				values ($1,$2,$3,$4,$5,$6,$7,$8)`, uuid.Must(uuid.NewV7()), id, q.Key, i+1, tidyText(q.Text), tidyText(q.Explanation), q.Expected, q.Blocking); err != nil {
				return err
			}
		}
		return touched(tx, id, true)
	})
	if err != nil {
		return Dossier{}, err
	}
	return s.Dossier(ctx, actor, id)
}

// tidyText leaves one line in each language, and no language without words.
func tidyText(t lang.Text) lang.Text {
	out := lang.Text{}
	for l, s := range t {
		if s = line(s); s != "" {
			out[l] = s
		}
	}
	return out
}

// Eligibility reads the questions of a challenge, in order.
func Eligibility(ctx context.Context, q database.Queryer, challenge uuid.UUID) ([]Question, error) {
	rows, err := q.Query(ctx, `select id, key, question, explanation, expected, blocking from eligibility_questions
		where challenge_id = $1 order by position`, challenge)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Question{}
	for rows.Next() {
		var x Question
		if err := rows.Scan(&x.ID, &x.Key, &x.Text, &x.Explanation, &x.Expected, &x.Blocking); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

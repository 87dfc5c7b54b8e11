package contest

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// PublishCopy publishes a copied challenge in a rehearsal without a second approval: what it says was
// approved and published before. The caller has made the copy in this transaction.
func PublishCopy(tx database.Tx, id, by uuid.UUID, at time.Time) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `update challenges set submitted_at = $2, approved_at = $2, published_at = $2, published_by = $3
		where id = $1 and exists (select from contests k where k.id = contest_id and k.rehearsal)`, id, at, person(by)); err != nil {
		return err
	}
	return Freeze(tx, id, at)
}

// RehearsalMark stands before the titles of rehearsals and of their challenges.
var RehearsalMark = lang.Text{lang.EN: "Rehearsal: ", lang.ES: "Ensayo: ", lang.JA: "【リハーサル】"}

// markRehearsal puts the mark before the titles of a challenge in a rehearsal. As part of the title it
// stands wherever the challenge is named: lists, mails, the cockpit, exports, calendars, print.
func markRehearsal(tx database.Tx, id uuid.UUID) error {
	for l, mark := range RehearsalMark {
		if _, err := tx.Pgx().Exec(tx.Context(), `update challenge_texts t set title = $3 || left(t.title, 120 - length($3))
			where t.challenge_id = $1 and t.language = $2 and t.title <> '' and not starts_with(t.title, $3)
			  and exists (select from challenges c join contests k on k.id = c.contest_id where c.id = $1 and k.rehearsal)`,
			id, string(l), mark); err != nil {
			return err
		}
	}
	return nil
}

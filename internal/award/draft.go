package award

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
)

// Choice is what the host decides for one entry. Place is the order among winners or among
// reserves, 1 first; 0 for the rest. Reason is public, Feedback is for the team alone.
type Choice struct {
	Entry    uuid.UUID
	Outcome  Outcome
	Place    int
	Reason   string
	Feedback string
	Prize    *uuid.UUID
	Slot     *uuid.UUID
}

// Draft is the decision as a whole. Language is that of its reasons and feedback.
type Draft struct {
	Language lang.Tag
	Choices  []Choice
}

// Save keeps the draft over the version it was typed over. Entries may still be missing.
func (s *Service) Save(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int, draft Draft) (Decision, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, now, err := lockToDecide(tx, actor, challenge)
		if err != nil {
			return err
		}
		if now != version {
			return fault.ErrStale
		}
		o, err := readOffer(ctx, tx.Pgx(), c)
		if err != nil {
			return err
		}
		stand, err := jury.Stand(ctx, tx.Pgx(), actor, c)
		if err != nil {
			return err
		}
		if err := checkChoices(stand, o, draft); err != nil {
			return err
		}
		return write(tx, actor, c, draft)
	})
	if err != nil {
		return Decision{}, err
	}
	return s.Decision(ctx, actor, challenge)
}

// lockToDecide holds the challenge for a change of its decision and gives the draft's version.
func lockToDecide(tx database.Tx, actor authz.Actor, challenge uuid.UUID) (contest.Challenge, int, error) {
	c, err := contest.LockExclusive(tx, challenge)
	if err != nil {
		return c, 0, err
	}
	if err := actor.Require(authz.Decide, c.Scope()); err != nil {
		return c, 0, err
	}
	switch {
	case c.LockedAt == nil:
		return c, 0, contest.ErrScoresOpen
	case c.DecidedAt != nil:
		return c, 0, contest.ErrDecided
	}
	blind, err := recused(tx.Context(), tx.Pgx(), actor, c.ID)
	if err != nil {
		return c, 0, err
	}
	if blind {
		return c, 0, ErrRecused
	}
	version, err := versionOf(tx.Context(), tx.Pgx(), c.ID)
	return c, version, err
}

// recused reports whether the actor must not see some entry of the challenge, and so cannot decide
// on it as a whole.
func recused(ctx context.Context, q database.Queryer, actor authz.Actor, challenge uuid.UUID) (yes bool, err error) {
	err = q.QueryRow(ctx, `select exists (select from exclusions x join entries e on e.id = x.entry_id
		where x.person_id = $1 and e.challenge_id = $2)`, actor.PersonID, challenge).Scan(&yes)
	return yes, err
}

func versionOf(ctx context.Context, q database.Queryer, challenge uuid.UUID) (version int, err error) {
	err = q.QueryRow(ctx, `select coalesce((select version from decision_drafts where challenge_id = $1), 0)`, challenge).Scan(&version)
	return version, err
}

// checkChoices refuses what could never become a decision. What is merely missing is for Decide.
func checkChoices(stand jury.Standing, o offer, draft Draft) error {
	var check fault.Check
	known := map[uuid.UUID]bool{}
	for _, r := range stand.Rows {
		known[r.Entry] = true
	}
	check.That(draft.Language.Valid(), "/language", "not_a_choice")
	places := map[string]bool{}
	for i, c := range draft.Choices {
		at := fmt.Sprintf("/choices/%d", i)
		check.That(known[c.Entry], at+"/entryId", "unknown")
		known[c.Entry] = false // once only
		check.That(c.Outcome.Valid(), at+"/outcome", "not_a_choice")
		if c.Outcome == Winner || c.Outcome == Reserve {
			key := fmt.Sprint(c.Outcome, c.Place)
			check.That(c.Place > 0, at+"/place", "required")
			check.That(c.Place <= 0 || !places[key], at+"/place", "taken")
			places[key] = true
		}
		check.That(utf8.RuneCountInString(c.Reason) <= 2000, at+"/reason", "too_long", "max", 2000)
		check.That(utf8.RuneCountInString(c.Feedback) <= 4000, at+"/feedback", "too_long", "max", 4000)
		check.That(c.Slot == nil || o.slot(*c.Slot) != nil, at+"/slotId", "unknown")
		check.That(c.Prize == nil || o.hasPrize(*c.Prize), at+"/prizeId", "unknown")
	}
	return check.Err()
}

func write(tx database.Tx, actor authz.Actor, c contest.Challenge, draft Draft) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from decisions where challenge_id = $1`, c.ID); err != nil {
		return err
	}
	for _, x := range draft.Choices {
		var place any
		if x.Outcome != NotSelected {
			place = x.Place
		}
		if x.Outcome != Winner {
			x.Prize, x.Slot = nil, nil
		}
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into decisions (entry_id, challenge_id, outcome, place, reason, feedback, language, prize_id, slot_id)
			values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, x.Entry, c.ID, string(x.Outcome), place, strings.TrimSpace(x.Reason), strings.TrimSpace(x.Feedback),
			string(draft.Language), x.Prize, x.Slot); err != nil {
			return err
		}
	}
	_, err := tx.Pgx().Exec(tx.Context(), `insert into decision_drafts (challenge_id, updated_by) values ($1, $2)
		on conflict (challenge_id) do update set version = decision_drafts.version + 1, updated_by = $2, updated_at = clock_timestamp()`,
		c.ID, actor.PersonID)
	return err
}

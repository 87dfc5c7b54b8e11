package jury

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Ruling is a decision about a possible conflict. Reason stays with it; ToTeam is what a team reads that named
// the juror, in Language: nothing where no team did.
type Ruling struct {
	Seat, Entry uuid.UUID
	Confirmed   bool
	Reason      string
	ToTeam      string
	Language    lang.Tag
}

// Rule decides about a possible conflict. A confirmed one takes the juror off the entry, as if declared, and is on
// record; a dismissed one is not shown again, unless the team names the juror afterwards.
func (s *Service) Rule(ctx context.Context, actor authz.Actor, challenge uuid.UUID, r Ruling) error {
	reason, err := checkReason(r.Reason)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockShared(tx, challenge)
		if err != nil {
			return err
		}
		scope := c.Scope()
		scope.Entry = r.Entry // who is in conflict with the entry decides nothing about it
		if err := actor.Require(authz.RuleConflicts, scope); err != nil {
			return err
		}
		if c.LockedAt != nil {
			return ErrLocked
		}
		of, err := ruledOn(tx, actor, c, r)
		if err != nil {
			return err
		}
		toTeam, err := r.answer(tx)
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into conflict_rulings (seat_id, entry_id, confirmed, reason, decided_by, decided_at, to_team, language)
			values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict (seat_id, entry_id) do update set confirmed = excluded.confirmed, reason = excluded.reason,
			decided_by = excluded.decided_by, decided_at = excluded.decided_at, to_team = excluded.to_team, language = excluded.language`,
			r.Seat, r.Entry, r.Confirmed, reason, actor.PersonID, now, toTeam, r.Language.Or(lang.EN)); err != nil {
			return err
		}
		var already bool
		if err := tx.Pgx().QueryRow(ctx, `select exists (select from exclusions where person_id = $1 and entry_id = $2)`, of.Person, r.Entry).Scan(&already); err != nil {
			return err
		}
		if !r.Confirmed || already {
			return nil
		}
		return exclude(tx, c, of, r.Entry, "conflict", "", now) // the reason of an exclusion is its person's to read
	})
}

// ruledOn finds the juror. Nobody decides about oneself, nor about one's own team's entry.
func ruledOn(tx database.Tx, actor authz.Actor, c contest.Challenge, r Ruling) (seat, error) {
	all, err := roster(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return seat{}, err
	}
	e, there := byEntry(all)[r.Entry]
	of := seat{ID: r.Seat}
	err = tx.Pgx().QueryRow(tx.Context(), `select person_id, pseudonym from seats where id = $1 and contest_id = $2 and person_id is not null`,
		r.Seat, c.ContestID).Scan(&of.Person, &of.Pseudonym)
	if database.NotFound(err) || (err == nil && (!there || of.Person == actor.PersonID || inTeam(actor, e.TeamID))) {
		return of, fault.ErrNotFound
	}
	return of, err
}

// answer checks the words to the team. A team that named the juror gets some; it cannot take the naming back
// meanwhile.
func (r Ruling) answer(tx database.Tx) (string, error) {
	var named bool
	err := tx.Pgx().QueryRow(tx.Context(), `select true from conflict_namings where seat_id = $1 and entry_id = $2 for update`, r.Seat, r.Entry).Scan(&named)
	if err != nil && !database.NotFound(err) {
		return "", err
	}
	if !named {
		return "", nil
	}
	words := strings.TrimSpace(r.ToTeam)
	var check fault.Check
	check.That(words != "", "/toTeam", "required")
	check.That(utf8.RuneCountInString(words) <= 1000, "/toTeam", "too_long", "max", 1000)
	return words, check.Err()
}

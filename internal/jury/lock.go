package jury

import (
	"context"
	"encoding/base64"
	"maps"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/record"
)

// Lock closes the scores: from then on the database refuses to change a review. Drafts never
// count. Assigned reviews that are missing must be accepted. After a review was opened again, Lock
// closes it with a round of its own.
func (s *Service) Lock(ctx context.Context, actor authz.Actor, challenge uuid.UUID, acceptMissing bool) (Round, error) {
	early, err := s.prepare(ctx, actor, challenge)
	if err != nil {
		return Round{}, err
	}
	var out Round
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		if err := actor.Require(authz.LockScores, c.Scope()); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		all, err := roster(ctx, tx.Pgx(), c.ID)
		if err != nil {
			return err
		}
		if err := s.mayLock(tx, actor, c, now, idsOf(visible(actor, all)), idsOf(all), acceptMissing); err != nil {
			return err
		}
		out, err = closeRound(tx, actor, c, idsOf(all), now, early)
		return err
	})
	return out, err
}

func (s *Service) mayLock(tx database.Tx, actor authz.Actor, c contest.Challenge, now time.Time, seen, all []uuid.UUID, acceptMissing bool) error {
	switch {
	case !c.AfterDeadline(now):
		return contest.ErrStillOpen
	case c.DecidedAt != nil:
		return contest.ErrDecided
	case c.LockedAt != nil:
		open, err := reopened(tx.Context(), tx.Pgx(), c, all)
		if err == nil && open == 0 {
			err = contest.ErrScoresLocked
		}
		return err
	}
	if open, err := calibrating(tx.Context(), tx.Pgx(), c.ID); err != nil {
		return err
	} else if open {
		return ErrCalibrating
	}
	var missing int // among the entries that the actor may know of
	err := tx.Pgx().QueryRow(tx.Context(), `select count(*) from assignments a left join reviews r on r.assignment_id = a.id
		where a.entry_id = any($1) and a.ended_at is null and r.submitted_version is null`, seen).Scan(&missing)
	if err == nil && missing > 0 && !acceptMissing {
		err = ErrMissing.With("missing", missing)
	}
	return err
}

func closeRound(tx database.Tx, actor authz.Actor, c contest.Challenge, entries []uuid.UUID, now time.Time, early ready) (Round, error) {
	commitments, err := commitments(tx.Context(), tx.Pgx(), entries)
	if err != nil {
		return Round{}, err
	}
	if len(commitments) == 0 {
		return Round{}, ErrNoReviews
	}
	before, err := rounds(tx.Context(), tx.Pgx(), authz.System, c.ID)
	if err != nil {
		return Round{}, err
	}
	whole := record.RoundRoot(commitments)
	root := whole[:]
	out := Round{Number: len(before) + 1, Reviews: len(commitments), Root: root, At: now}
	ranking, err := rankLocked(tx, c, out.Number, entries, whole, early)
	if err != nil {
		return Round{}, err
	}
	said, err := rules(tx, c)
	if err != nil {
		return Round{}, err
	}
	maps.Copy(said, map[string]any{"round": out.Number, "reviews": out.Reviews, "root": base64.StdEncoding.EncodeToString(root),
		"ranking": base64.StdEncoding.EncodeToString(ranking[:]), "time": record.Stamp(now)})
	leaf, err := record.Put(tx, record.KindRoundLocked, c.RecordScope, c.ID, said)
	if err != nil {
		return Round{}, err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into rounds (challenge_id, number, root, reviews, leaf_id, locked_by, locked_at)
		values ($1,$2,$3,$4,$5,$6,$7)`, c.ID, out.Number, root, out.Reviews, leaf, actor.PersonID, now); err != nil {
		return Round{}, err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update reviews r set locked_at = $2 from entries e
		where e.id = r.entry_id and e.challenge_id = $1 and r.locked_at is null`, c.ID, now); err != nil {
		return Round{}, err
	}
	if c.LockedAt == nil {
		return out, contest.MarkLocked(tx, c.ID, actor.PersonID, now)
	}
	return out, nil
}

// commitments reads the record's commitment to each review that counts.
func commitments(ctx context.Context, q database.Queryer, entries []uuid.UUID) ([]record.Commitment, error) {
	rows, err := q.Query(ctx, `select l.commitment from reviews r
		join review_versions v on v.review_id = r.id and v.version = r.submitted_version
		join assignments a on a.id = r.assignment_id and a.ended_at is null
		join record_leaves l on l.id = v.leaf_id
		where r.entry_id = any($1)`, entries)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (record.Commitment, error) {
		var c []byte
		err := row.Scan(&c)
		return record.Commitment(c), err
	})
}

// rules is what the lock says in public of how the entries are put in order: the weights and scales,
// what decides, and how many reviews and places there are to be.
func rules(tx database.Tx, c contest.Challenge) (map[string]any, error) {
	criteria, err := contest.Rubric(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return nil, err
	}
	rubric := make([]map[string]any, len(criteria))
	for i, k := range criteria {
		rubric[i] = map[string]any{"key": k.Key, "weight": k.Weight, "lowest": k.Lowest, "highest": k.Highest}
	}
	slots, err := places(tx.Context(), tx.Pgx(), c.ID)
	return map[string]any{"challenge": c.ID, "order": c.Order, "least": minReviews(c), "places": slots, "rubric": rubric}, err
}

// Reopen lets one locked review change again, until the next Lock. The reason stays, and the juror
// is told. Where the juror has been recused from the entry since, as in the meeting, nobody can change the
// review any more: its assignment ends, and the next Lock is without it.
func (s *Service) Reopen(ctx context.Context, actor authz.Actor, review uuid.UUID, reason string) error {
	reason, err := checkReason(reason)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		var entryID, challenge, assignment uuid.UUID
		var person *uuid.UUID
		var pseudonym string
		err := tx.Pgx().QueryRow(ctx, `select r.entry_id, e.challenge_id, r.assignment_id, s.person_id, s.pseudonym from reviews r
			join entries e on e.id = r.entry_id join seats s on s.id = r.seat_id
			join assignments a on a.id = r.assignment_id and a.ended_at is null where r.id = $1`, review).
			Scan(&entryID, &challenge, &assignment, &person, &pseudonym)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		scope := c.Scope()
		scope.Entry = entryID // who is in conflict with the entry finds no review of it
		if err := actor.Require(authz.ReopenReview, scope); err != nil {
			return err
		}
		switch {
		case c.LockedAt == nil:
			return contest.ErrScoresOpen
		case c.DecidedAt != nil:
			return contest.ErrDecided
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		leaf, err := record.Put(tx, record.KindReviewReopened, c.RecordScope, review, map[string]any{
			"challenge": c.ID, "entry": entryID, "review": review, "juror": mask(pseudonym, entryID), "reason": textHash(reason), "time": record.Stamp(now)})
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into review_reopenings (review_id, reason, opened_by, opened_at, leaf_id)
			values ($1,$2,$3,$4,$5)`, review, reason, actor.PersonID, now, leaf); err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(ctx, `update reviews set locked_at = null where id = $1 and locked_at is not null`, review)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return ErrReviewOpen
		}
		recused, err := endRecused(tx, assignment, person, entryID, now)
		if err != nil || recused || person == nil {
			return err
		}
		to, err := identity.AddressOf(ctx, tx.Pgx(), *person)
		if err != nil {
			return err
		}
		return notify.Send(tx, notify.Notice{Kind: "review-reopened", To: to, Subject: c.ID, Params: notify.Params{
			"challenge": c.Title, "reason": reason, "url": notify.Link("/jury/" + assignment.String())}})
	})
}

// endRecused ends the assignment of somebody who is recused from the entry; false where nobody is.
func endRecused(tx database.Tx, assignment uuid.UUID, person *uuid.UUID, entryID uuid.UUID, now time.Time) (bool, error) {
	tag, err := tx.Pgx().Exec(tx.Context(), `update assignments set ended_at = $4, ended_why = 'recusal'
		where id = $1 and exists (select from exclusions where person_id = $2 and entry_id = $3)`, assignment, person, entryID, now)
	return tag.RowsAffected() > 0, err
}

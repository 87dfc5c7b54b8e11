package jury

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/record"
)

// SubmitReview makes the saved draft count: every criterion scored, and a comment to the team. It
// can be changed and submitted again until the lock; each submission is kept and put on record.
// Submitting the same version again changes nothing.
func (s *Service) SubmitReview(ctx context.Context, actor authz.Actor, assignment uuid.UUID, version int) (Review, error) {
	var out Review
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		d, err := lockDesk(tx, actor, assignment)
		if err != nil {
			return err
		}
		criteria, err := contest.Rubric(ctx, tx.Pgx(), d.challenge.ID)
		if err != nil {
			return err
		}
		out, err = submitOver(tx, d, criteria, version)
		return err
	})
	return out, err
}

func submitOver(tx database.Tx, d desk, criteria []contest.Criterion, version int) (Review, error) {
	if err := mayScore(tx, d); err != nil {
		return Review{}, err
	}
	r, err := readReview(tx.Context(), tx.Pgx(), d, criteria, true)
	switch {
	case err != nil:
		return Review{}, err
	case r.Locked:
		return Review{}, ErrLocked
	case r.Version != version:
		return Review{}, fault.ErrStale
	case r.State == Submitted:
		return r.Review, nil
	}
	if err := complete(criteria, r.Draft); err != nil {
		return Review{}, err
	}
	if err := keep(tx, d, criteria, r); err != nil {
		return Review{}, err
	}
	r, err = readReview(tx.Context(), tx.Pgx(), d, criteria, false)
	return r.Review, err
}

// complete is what a review needs before it counts.
func complete(criteria []contest.Criterion, draft Draft) error {
	var check fault.Check
	for _, c := range criteria {
		_, given := draft.Scores[c.ID]
		check.That(given, "/scores/"+c.ID.String(), "required")
	}
	_, scored := score.Total(arithmetic(criteria), draft.Scores)
	check.That(scored || slices.ContainsFunc(criteria, func(c contest.Criterion) bool { _, given := draft.Scores[c.ID]; return !given }),
		"/scores", "jury.nothing_applies")
	length := lang.Characters(strings.TrimSpace(draft.ToTeam))
	if length == 0 {
		check.That(false, "/toTeam", "required")
	} else {
		check.That(length >= MinComment, "/toTeam", "too_short", "min", MinComment)
	}
	return check.Err()
}

// recorded is a sheet as the record has it: by the criteria's keys, null for what does not apply.
func recorded(criteria []contest.Criterion, sheet score.Sheet) map[string]*int {
	out := make(map[string]*int, len(criteria))
	for _, c := range criteria {
		out[c.Key] = nil
		if v := sheet[c.ID]; v != score.NotApplicable {
			out[c.Key] = &v
		}
	}
	return out
}

// keep writes the version that counts from now on.
func keep(tx database.Tx, d desk, criteria []contest.Criterion, r reviewRow) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	// Neither the time nor the review's id, which tells its time: a team that opens its reviews must not
	// learn who wrote them.
	leaf, err := record.Put(tx, record.KindReviewSubmitted, d.challenge.RecordScope, r.id, map[string]any{
		"challenge": d.challenge.ID, "entry": d.entry, "version": r.Version,
		"juror": mask(d.seat.Pseudonym, d.entry), "rubric": d.challenge.Version, "scores": recorded(criteria, r.Scores),
		"comment": commentHash(r.Draft)})
	if err != nil {
		return err
	}
	scores, err := json.Marshal(r.Scores)
	if err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into review_versions (review_id, version, scores, to_team, to_jury, language, total, leaf_id, saved_at)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, r.id, r.Version, scores, r.ToTeam, r.ToJury, string(r.Language), *r.Total, leaf, now)
	if err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update reviews set submitted_version = $2, submitted_at = $3 where id = $1`, r.id, r.Version, now)
	return err
}

// commentHash commits to both comments: SHA-256 over their own hashes, so that neither runs into
// the other.
func textHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func commentHash(d Draft) string {
	a, b := sha256.Sum256([]byte(d.ToTeam)), sha256.Sum256([]byte(d.ToJury))
	sum := sha256.Sum256(append(a[:], b[:]...))
	return base64.StdEncoding.EncodeToString(sum[:])
}
